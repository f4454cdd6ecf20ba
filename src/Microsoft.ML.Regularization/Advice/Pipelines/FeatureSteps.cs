using Microsoft.ML.Data;
using static Microsoft.ML.Regularization.Advice.CSharpText;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>The steps from columns as they are read to those that a network reads.</summary>
internal static class FeatureSteps
{
    /// <summary>Bits of the hashes of words beside a table: so few slots that the networks of an effort take them.</summary>
    public const int WordBits = 8;

    /// <summary>Side of images as a network reads them, where nothing else is known.</summary>
    public const int ImageSide = 32;

    private const string Joined = "Features";

    /// <summary>The steps, and the trainer's options with the columns that these make.</summary>
    public static (IReadOnlyList<PipelineStep> Steps, NeuralNetworkOptions Trainer) Of(TableFacts table, NeuralNetworkOptions trainer)
    {
        var features = table.Features.ToList();
        return table.Input switch
        {
            AdvisedInput.Texts => Words(features, trainer),
            AdvisedInput.Images when features.Find(column => column.Kind == ColumnKind.Image) is { } image => Pixels(image.Name, trainer),
            AdvisedInput.Images => ([], trainer with { FeatureColumnName = features.Find(column => column.Kind == ColumnKind.Pixels)!.Name }),
            AdvisedInput.Sequences => ([], trainer with { FeatureColumnName = features.Find(column => column.Kind == ColumnKind.Sequence)!.Name }),
            _ => Table(features, trainer),
        };
    }

    private static (IReadOnlyList<PipelineStep> Steps, NeuralNetworkOptions Trainer) Table(List<ColumnFacts> features, NeuralNetworkOptions trainer)
    {
        var steps = new List<PipelineStep>();
        if (features.Where(column => column.Kind == ColumnKind.Number && column.Type != "Single").Select(column => column.Name).ToList() is { Count: > 0 } others)
            steps.Add(LabelSteps.ToNumbers(others));
        if (features.Where(column => column.Kind == ColumnKind.Category && column.Type == "String").Select(column => column.Name).ToList() is { Count: > 0 } texts)
        {
            steps.Add(new(
                $"ml.Transforms.Conversion.MapValueToKey([{string.Join(", ", texts.Select(name => $"new({Quote(name)})"))}])",
                ml => ml.Transforms.Conversion.MapValueToKey([.. texts.Select(name => new InputOutputColumnPair(name))])));
        }

        foreach (var text in features.Where(column => column.Kind == ColumnKind.FreeText).Select(column => column.Name))
        {
            steps.Add(new(
                $"ml.Transforms.Text.ProduceHashedWordBags({Quote(text + "Words")}, {Quote(text)}, numberOfBits: {WordBits}, ngramLength: 1)",
                ml => ml.Transforms.Text.ProduceHashedWordBags(text + "Words", text, WordBits, ngramLength: 1)));
        }

        string[] numbers =
        [
            .. features.Where(column => column.Kind is ColumnKind.Number or ColumnKind.Vector).Select(column => column.Name),
            .. features.Where(column => column.Kind == ColumnKind.FreeText).Select(column => column.Name + "Words"),
        ];
        var isOne = numbers.Length == 1 && features.Exists(column => column.Name == numbers[0] && column.Kind == ColumnKind.Vector);
        if (numbers.Length > 0 && !isOne)
        {
            steps.Add(new(
                $"ml.Transforms.Concatenate({Quote(Joined)}, {string.Join(", ", numbers.Select(Quote))})", ml => ml.Transforms.Concatenate(Joined, numbers)));
        }

        return (steps, trainer with
        {
            FeatureColumnName = numbers.Length == 0 ? null : isOne ? numbers[0] : Joined,
            CategoricalColumnNames = [.. features.Where(column => column.Kind == ColumnKind.Category).Select(column => column.Name)],
        });
    }

    private static (IReadOnlyList<PipelineStep> Steps, NeuralNetworkOptions Trainer) Words(List<ColumnFacts> texts, NeuralNetworkOptions trainer)
    {
        string[] names = [.. texts.Select(column => column.Name)];
        string[] words = [.. names.Select(name => name + "Words")];
        var steps = names.Zip(words, (text, output) => new PipelineStep(
            $"ml.Transforms.Text.TokenizeIntoWords({Quote(output)}, {Quote(text)})", ml => ml.Transforms.Text.TokenizeIntoWords(output, text))).ToList();
        var joined = words[0];
        if (words.Length > 1)
        {
            joined = "Words";
            steps.Add(new($"ml.Transforms.Concatenate(\"Words\", {string.Join(", ", words.Select(Quote))})", ml => ml.Transforms.Concatenate("Words", words)));
        }

        steps.Add(new($"ml.Transforms.Conversion.MapValueToKey(\"Tokens\", {Quote(joined)})", ml => ml.Transforms.Conversion.MapValueToKey("Tokens", joined)));
        return (steps, trainer with { FeatureColumnName = "Tokens" });
    }

    private static (IReadOnlyList<PipelineStep> Steps, NeuralNetworkOptions Trainer) Pixels(string image, NeuralNetworkOptions trainer) =>
    (
        [
            new(
                $"ml.Transforms.ResizeImages({Quote(image)}, imageWidth: {ImageSide}, imageHeight: {ImageSide})",
                ml => ml.Transforms.ResizeImages(image, ImageSide, ImageSide, image)),
            new($"ml.Transforms.ExtractPixels({Quote(Joined)}, {Quote(image)})", ml => ml.Transforms.ExtractPixels(Joined, image)),
        ],
        trainer with { FeatureColumnName = Joined });
}
