using System.Globalization;
using System.Text;
using ImageClassification;
using Microsoft.ML;
using Microsoft.ML.Regularization;
using TorchSharp;

var isShort = args.Contains("--short");
if (args.Any(argument => argument != "--short"))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/ImageClassification [-- --short]");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
var seeds = isShort ? [1] : new[] { 1, 2, 3 };
var (plainEpochs, epochs) = isShort ? (5, 5) : (30, 60);

// Images of 8 x 8 pixels are little work, which a second thread does not speed up.
torch.set_num_threads(1);

Console.WriteLine("A ResNet-8 learns to read digits of 8 x 8 pixels from 449 of them, and reads the other 1,348.");
Console.WriteLine($"  plain:   nothing against overfitting, {plainEpochs} epochs");
Console.WriteLine($"  recipe:  {RegularizationRecipe.CnnImageClassification};");
Console.WriteLine($"           random shifts by a pixel, CutMix of every other image, {epochs} epochs");
Console.WriteLine();

var errors = new Dictionary<bool, List<double>> { [false] = [], [true] = [] };
var losses = new Dictionary<bool, List<double>> { [false] = [], [true] = [] };
(Experiment Experiment, ITransformer Model)? last = null;
foreach (var seed in seeds)
{
    var experiment = new Experiment(seed);
    foreach (var isRegularized in new[] { false, true })
    {
        var name = isRegularized ? "recipe" : "plain";
        var progress = new EpochLine($"seed {seed}  {name,-6}");
        var model = experiment.Fit(isRegularized, isRegularized ? epochs : plainEpochs, progress);
        var metrics = experiment.Evaluate(model);
        errors[isRegularized].Add(1 - metrics.MicroAccuracy);
        losses[isRegularized].Add(metrics.LogLoss);
        progress.Complete($"{model.GetNeuralNetwork().History.Epochs.Count,2} epochs  error {1 - metrics.MicroAccuracy:0.0%}  log-loss {metrics.LogLoss:0.000}");
        last = (experiment, model);
    }
}

Console.WriteLine();
Console.WriteLine("          test error   log-loss   (means)");
foreach (var (isRegularized, name) in new[] { (false, "plain"), (true, "recipe") })
    Console.WriteLine($"{name,-8}  {errors[isRegularized].Average(),10:0.00%}  {losses[isRegularized].Average(),9:0.000}");
if (errors.Values.Any(runs => runs.Any(error => error > 0.5)))
{
    Console.Error.WriteLine("A network has not learned: it is wrong more often than right.");
    return 1;
}

// An application saves the model, and loads it in another process.
var (trainedIn, trained) = last!.Value;
var path = Path.Combine(Path.GetTempPath(), $"image-classification-{Guid.NewGuid():N}.zip");
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

using var engine = ml.Model.CreatePredictionEngine<Digit, Prediction>(loaded);
var wrong = ml.Data.CreateEnumerable<Digit>(trainedIn.Data.TestSet, reuseRowObject: false)
    .Select(digit => (Digit: digit, Prediction: engine.Predict(digit)))
    .Where(read => read.Prediction.PredictedLabel != read.Digit.Label)
    .OrderByDescending(read => read.Prediction.Score.Max())
    .ToList();
Console.WriteLine();
Console.WriteLine($"Saved the last model and loaded it in a fresh MLContext. It misreads {wrong.Count} test digits; most surely these:");
Console.WriteLine();
Console.WriteLine(DigitRow.Of([.. wrong.Take(4)]));
return 0;
