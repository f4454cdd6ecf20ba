using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Transforms.Image;

namespace FineTuningExample;

/// <summary>Trains on a draw of a set's rows, and measures on its test rows.</summary>
internal static class Trial
{
    // Of small photos; the network enlarges them.
    private const int Side = 32;

    private static readonly Lazy<SubwordVocabulary> Vocabulary = new(() => SubwordVocabulary.WordPiece(PublishedNetworks.Vocabulary, addSpecialTokens: true));

    public static Run Of(ExampleSet set, int perClass, int seed, Method method)
    {
        var ml = new MLContext(seed);
        var rows = set.Draw(perClass, seed);
        var options = (set.HasPhotos ? method.Photos : method.Texts)(rows.Count);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(set.HasPhotos ? Pixels(ml) : Tokens(ml, method))
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

    private static IEstimator<ITransformer> Tokens(MLContext ml, Method method)
    {
        if (!method.ReadsWords)
            return ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Content", Vocabulary.Value);
        return ml.Transforms.Text.NormalizeText("Text", "Content").Append(ml.Transforms.Text.TokenizeIntoWords("Words", "Text")).Append(ml.Transforms.Conversion.MapValueToKey("Tokens", "Words"));
    }

    private static EstimatorChain<ImagePixelExtractingTransformer> Pixels(MLContext ml) => ml.Transforms.LoadImages("Image", imageFolder: null, "Content")
        .Append(ml.Transforms.ResizeImages("Image", Side, Side)).Append(ml.Transforms.ExtractPixels("Features", "Image"));
}
