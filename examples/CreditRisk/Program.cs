using System.Globalization;
using System.Text;
using CreditRisk;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Spectre.Console;
using TorchSharp;

var isShort = args.Contains("--short");
if (args.Except(["--short"]).ToList() is not ([] or ["--report", _]))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/CreditRisk [-- [--short] [--report FILE.html]]");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;

// The network is small: a second thread gains nothing.
torch.set_num_threads(1);

var console = AnsiConsole.Console;
var ml = new MLContext(seed: 1);
var credits = Credits.Load(ml);
var all = ml.Data.CreateEnumerable<Application>(credits.All, reuseRowObject: false).ToList();
var incomplete = all.Count(row => row.HasGaps());
console.MarkupLine("[bold]Which credits will not be repaid?[/]");
var bad = all.Average(row => row.Status == "bad" ? 1.0 : 0);
console.WriteLine($"{all.Count:N0} credits, {bad:0%} of them bad: {Application.Numbers.Count} numbers and {Application.Categories.Count} categories of each,");
console.WriteLine($"in {incomplete} rows not all of them. Three fifths train, a fifth calibrates, a fifth");
console.WriteLine("tests.");
console.WriteLine();

var model = CreditPipeline.Prepare(ml).Append(CreditPipeline.Trainer(ml, isShort ? 5 : 200)).Fit(credits.Train);
var network = model.GetNeuralNetwork();
var history = network.History;
console.WriteLine($"{network.Architecture}: trained on {history.TrainingRows:N0} rows, watching {history.ValidationRows:N0} others.");
console.WriteLine($"{history.StopReason} after {history.Epochs.Count} epochs; the weights are those of epoch {history.ModelEpoch}.");
console.WriteLine();

// What comes after training is part of the model too: probabilities are calibrated, on rows that the network has not seen, and doubt is measured.
// begin creditFinish
var calibrators = ml.BinaryClassification.Calibrators;
var calibrator = calibrators.Platt("Bad").Append(calibrators.LabelByProbability()).Fit(model.Transform(credits.Calibration));
var finished = model.Append(calibrator).Append(ml.Transforms.MonteCarlo(network, passes: isShort ? 10 : 50));
// end creditFinish
var linear = CreditPipeline.Prepare(ml).Append(CreditPipeline.Linear(ml)).Fit(credits.Train);

var report = new Report(console, ml, credits.Test);
report.Quality([("logistic regression", linear), ("network", model), ("calibrated network", finished)]);
report.Doubt(finished);
report.Importances(finished, repetitions: isShort ? 1 : 5);

if (args is [.., "--report", var reportPath])
{
    // begin creditReport
    ml.Regularization().Report(finished, credits.Test, reportPath, new ReportOptions
    {
        LabelColumnName = "Bad",
        Title = "Which credits will not be repaid?",
        Purpose = "Helps a clerk to see which applications need a closer look; the clerk decides.",
        Limits = "Learned from credits that were granted: it knows nothing of applicants who were turned down.",
        MissCost = 5,
    });
    // end creditReport
    console.WriteLine($"The report is in {reportPath}.");
    console.WriteLine();
}

// An application saves the model and loads it in another process: nothing has to be registered.
var path = Path.Combine(Path.GetTempPath(), $"credit-risk-{Guid.NewGuid():N}.zip");
ITransformer loaded;
var fresh = new MLContext();
try
{
    ml.Model.Save(finished, credits.All.Schema, path);
    loaded = fresh.Model.Load(path, out _);
}
finally
{
    File.Delete(path);
}

using var engine = fresh.Model.CreatePredictionEngine<Application, Assessment>(loaded);
var before = ml.Data.CreateEnumerable<Assessment>(finished.Transform(credits.Test), reuseRowObject: false).ToList();
var after = ml.Data.CreateEnumerable<Application>(credits.Test, reuseRowObject: false).Select(engine.Predict).ToList();
if (before.Count != after.Count || !before.Zip(after).All(pair => pair.First.Probability == pair.Second.Probability))
{
    Console.Error.WriteLine("The loaded model's probabilities differ from those of the model that was saved.");
    return 1;
}

console.WriteLine("Saved, and loaded in a fresh MLContext: row by row the same probabilities for");
console.WriteLine($"all {after.Count} test rows.");
if (isShort)
    console.WriteLine("Training takes longer than 5 epochs: the figures of a short run mean nothing.");
return 0;
