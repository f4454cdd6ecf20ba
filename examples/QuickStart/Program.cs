using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using QuickStart;
using Spectre.Console;
using TorchSharp;

var isShort = args.Contains("--short");
if (args.Any(argument => argument != "--short"))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/QuickStart [-- --short]");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
var seeds = isShort ? [1] : new[] { 1, 2, 3, 4, 5 };
var maxEpochs = isShort ? 20 : 200;
const double testFraction = 0.75;

// The network is small: a second thread gains nothing on a quiet machine, and on a busy one it cost minutes.
torch.set_num_threads(1);

var console = LiveProgress.CreateConsole();
console.MarkupLine("[bold]Does regularization help when data is scarce?[/]");
console.WriteLine("1,797 handwritten digits of 8 x 8 pixels: a quarter to learn from, the rest to");
console.WriteLine("test on. One network, Mlp(256, 256), is trained in five ways in an ML.NET");
console.WriteLine($"pipeline, each with {(isShort ? "1 seed" : $"{seeds.Length} seeds")} for the split, the initial weights and the noise.");
console.WriteLine();

// Early stopping comes last and alone: of so few rows, those that it has to watch may be worth more as training rows.
var recipe = RegularizationRecipe.SmallDataset with { Dropout = 0.5, LabelSmoothing = 0.02, EarlyStopping = null };
var plain = new Variant("plain", RegularizationRecipe.None);
var regularized = new Variant("recipe", recipe);
var mixed = new Variant("recipe + Mixup", recipe, MixupAlpha: 0.2);
var stopped = new Variant("early stopping too", recipe with { EarlyStopping = new EarlyStopping { Patience = 50 } }, MixupAlpha: 0.2, HoldOut: 0.15);

// A fold's rows must not be mixed into others, so there Mixup belongs to the recipe.
var folded = new Variant("Mixup on 5 folds", recipe with { Augmentations = [new MixupOptions { Alpha = mixed.MixupAlpha }] }, Folds: 5);
Variant[] variants = [plain, regularized, mixed, folded, stopped];
console.WriteLine($"recipe:              {recipe}");
console.WriteLine($"recipe + Mixup:      alpha {mixed.MixupAlpha}");
console.WriteLine($"Mixup on 5 folds:    the same, as {folded.Folds} networks that each leave out a part of the rows");
console.WriteLine($"early stopping too:  watches {stopped.HoldOut:0%} of the training rows, held out for it");
console.WriteLine();

var results = variants.ToDictionary(variant => variant, _ => new List<Measures>());
var progress = new LiveProgress(console, seeds.Length, maxEpochs);
(Experiment Experiment, ITransformer Model)? last = null;
progress.Show(variants, () =>
{
    for (var run = 0; run < seeds.Length; run++)
    {
        var experiment = new Experiment(seeds[run], maxEpochs, testFraction);
        foreach (var variant in variants)
        {
            var model = experiment.Fit(variant, progress.Of(variant, run));
            var measures = experiment.Measure(model);
            results[variant].Add(measures);
            progress.Complete(variant, run, measures);
            if (variant == mixed)
                last = (experiment, model);
        }
    }
});

console.WriteLine();
console.Write(ResultsTable.Of(results));
if (isShort)
{
    console.WriteLine($"Training takes longer than {maxEpochs} epochs: the figures of a short run mean nothing.");
}
else
{
    console.WriteLine("Mean ± standard deviation over the seeds; less is better everywhere.");
    console.WriteLine("ECE: expected calibration error, in 15 bins. Compared with plain:");
    foreach (var variant in variants[1..])
        console.WriteLine(Verdict.Of(variant, results[variant], results[plain]));
    var best = variants.MinBy(variant => results[variant].Average(run => run.Error))!;
    console.WriteLine($"Fewest wrong answers: {best.Name}, {results[best].Average(run => run.Error):0.0%} where plain gives {results[plain].Average(run => run.Error):0.0%}.");
}

if (results.Values.Any(runs => runs.Any(run => run.Error > 0.5)))
{
    Console.Error.WriteLine("A network has not learned: it is wrong more often than right.");
    return 1;
}

// An application saves the model, and loads it in another process: nothing has to be registered.
var (trainedIn, trained) = last!.Value;
var path = Path.Combine(Path.GetTempPath(), $"quick-start-{Guid.NewGuid():N}.zip");
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

var before = trained.Transform(trainedIn.Data.TestSet).GetColumn<float[]>("Score").ToList();
var after = loaded.Transform(trainedIn.Data.TestSet).GetColumn<float[]>("Score").ToList();
if (before.Count != after.Count || !before.Zip(after).All(scores => scores.First.SequenceEqual(scores.Second)))
{
    Console.Error.WriteLine("The loaded model's scores differ from those of the model that was saved.");
    return 1;
}

console.WriteLine();
console.WriteLine("Saved the last Mixup model and loaded it in a fresh MLContext: the same scores");
console.WriteLine($"for all {after.Count} test rows. Mixup mixes while fitting; at scoring it has vanished.");
console.WriteLine();

using var engine = ml.Model.CreatePredictionEngine<Digit, Prediction>(loaded);
var digit = ml.Data.CreateEnumerable<Digit>(trainedIn.Data.TestSet, reuseRowObject: false).First();
console.Write(DigitDrawing.Of(digit, engine.Predict(digit)));
return 0;
