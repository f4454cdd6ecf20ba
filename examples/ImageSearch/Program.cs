using System.Globalization;
using ImageSearch;
using Microsoft.ML;
using Microsoft.ML.Regularization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var folder, var minutes, ..] || !double.TryParse(minutes, CultureInfo.InvariantCulture, out var limit))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/ImageSearch -- FOLDER MINUTES [EPOCHS [SEEDS [PICTURE.svg]]]");
    Console.Error.WriteLine("FOLDER has the four files of Fashion-MNIST, such as those of the Debian package dataset-fashion-mnist.");
    return 2;
}

var epochs = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 30;
var seeds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 3;
var images = new Images(folder, epochs);
var ml = new MLContext(seed: 1);
var result = ml.Regularization().Search(images.Train(ml), images.Space(ml), new SearchBudget { Time = TimeSpan.FromMinutes(limit) }, new SearchOptions
{
    Metric = ValidationMetric.CalibratedLoss,
    Progress = new Lines(),
});
Console.WriteLine();
Console.WriteLine($"{result.Trials.Count} trials in {limit} minutes:");
Console.WriteLine(result);
if (args.Length > 4)
    result.Plot(args[4]);

// Trained anew with seeds that the search has not seen, and measured on images that it has not seen.
Console.WriteLine($"{"",-8} {"seed",4} {"error",7} {"log-loss",8}");
foreach (var (name, options) in new[] { ("preset", images.Preset), ("found", result.Options) })
{
    for (var seed = 11; seed < 11 + seeds; seed++)
    {
        var metrics = images.Measure(options, seed);
        Console.WriteLine($"{name,-8} {seed,4} {1 - metrics.MicroAccuracy,7:0.00%} {metrics.LogLoss,8:0.000}");
    }
}

return 0;

/// <summary>Writes what comes of each trial.</summary>
internal sealed class Lines : IProgress<TrialResult>
{
    public void Report(TrialResult value) => Console.WriteLine(value);
}
