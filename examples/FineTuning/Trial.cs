using System.Diagnostics;
using Microsoft.ML;

namespace FineTuningExample;

/// <summary>Trains on a draw of a set's rows, and measures on its test rows.</summary>
internal static class Trial
{
    // Of small photos; the network enlarges them.
    private const int Side = 32;

    public static Run Of(ExampleSet set, int perClass, int seed, Method method)
    {
        if ((set.HasPhotos ? method.Photos : method.Texts) is not { } optionsOf)
            return LinearReference.Of(set, perClass, seed, method.Name);

        var ml = new MLContext(seed);
        var rows = set.Draw(perClass, seed);
        var options = optionsOf(rows.Count);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(set.HasPhotos ? Inputs.Pixels(ml, Side) : method.ReadsWords ? Inputs.Words(ml) : Inputs.Tokens(ml))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options));

        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var model = pipeline.Fit(ml.Data.LoadFromEnumerable(rows));
        var (seconds, processorSeconds) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(set.Test)));
        return new Run
        {
            Set = set.Name, PerClass = perClass, Seed = seed, Method = method.Name, Accuracy = metrics.MicroAccuracy, LogLoss = metrics.LogLoss, Seconds = seconds,
            ProcessorSeconds = processorSeconds, TestRows = set.Test.Count, Training = $"{model.GetNeuralNetwork().History}".ReplaceLineEndings(" "),
        };
    }
}
