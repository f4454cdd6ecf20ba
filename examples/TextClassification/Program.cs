using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Regularization;
using TextClassification;
using TorchSharp;

var isShort = args.Contains("--short");
if (args.Any(argument => argument != "--short"))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/TextClassification [-- --short]");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seeds = isShort ? [1] : new[] { 1, 2, 3 };
var epochs = isShort ? 2 : 12;

// Networks as small as these run as fast on one thread as on two.
torch.set_num_threads(1);

var transformer = NetworkArchitecture.TextTransformer(width: 64, depth: 2, heads: 4, maxLength: 24);
var lstm = NetworkArchitecture.Lstm(hiddenSize: 64) with { MaxLength = 24 };
Variant[] variants =
[
    new("transformer, plain", transformer, RegularizationRecipe.None, Edits: false),
    new("transformer, recipe and EDA", transformer, RegularizationRecipe.TransformerNlp with { Dropout = 0.3 }, Edits: true),
    new("LSTM, plain", lstm, RegularizationRecipe.None, Edits: false),
    new("LSTM, recipe and EDA", lstm, RegularizationRecipe.RnnLstm, Edits: true),
];

Console.WriteLine("Is it spam? A quarter of 4,191 subject lines to learn from, the others to test on.");
Console.WriteLine($"Each way is trained for {epochs} epochs, {seeds.Length} times. EDA edits the words of training texts anew in every epoch.");
Console.WriteLine();

var areas = variants.ToDictionary(variant => variant, _ => new List<double>());
var errors = variants.ToDictionary(variant => variant, _ => new List<double>());
var losses = variants.ToDictionary(variant => variant, _ => new List<double>());
(Experiment Experiment, ITransformer Model)? last = null;
foreach (var seed in seeds)
{
    var experiment = new Experiment(seed);
    foreach (var variant in variants)
    {
        var progress = new EpochLine($"seed {seed}  {variant.Name,-27}");
        var model = experiment.Fit(variant, epochs, progress);
        var metrics = experiment.Evaluate(model);
        areas[variant].Add(metrics.AreaUnderRocCurve);
        errors[variant].Add(1 - metrics.Accuracy);
        losses[variant].Add(metrics.LogLoss);
        progress.Complete($"error {1 - metrics.Accuracy:0.0%}  area under ROC {metrics.AreaUnderRocCurve:0.000}");
        last = (experiment, model);
    }
}

Console.WriteLine();
Console.WriteLine($"{"means",-27}   error   area under ROC   log-loss (bits)");
foreach (var variant in variants)
    Console.WriteLine($"{variant.Name,-27}  {errors[variant].Average(),6:0.0%}   {areas[variant].Average(),14:0.000}   {losses[variant].Average(),15:0.000}");
if (!isShort && areas.Values.Any(runs => runs.Any(area => area < 0.8)))
{
    Console.Error.WriteLine("A network has not learned: it hardly tells spam from ham.");
    return 1;
}

// An application saves the model, and loads it in another process; text goes in, a probability comes out.
var (trainedIn, trained) = last!.Value;
var path = Path.Combine(Path.GetTempPath(), $"text-classification-{Guid.NewGuid():N}.zip");
var ml = new MLContext();
ITransformer loaded;
try
{
    trainedIn.Save(trained, path);
    loaded = ml.Model.Load(path, out _);
}
finally
{
    File.Delete(path);
}

using var engine = ml.Model.CreatePredictionEngine<Message, Prediction>(loaded);
Console.WriteLine();
Console.WriteLine("Saved the last model and loaded it in a fresh MLContext:");
foreach (var subject in new[] { "Lower your mortgage payment now", "Re: kernel panic after the update", "Congratulations, you won a free cruise", "Meeting notes", "" })
    Console.WriteLine($"  {engine.Predict(new Message { Subject = subject }).Probability,4:0%} spam  \"{subject}\"");
return 0;
