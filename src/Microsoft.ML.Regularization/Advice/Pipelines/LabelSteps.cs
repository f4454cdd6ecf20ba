using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>The steps from a label as it is read to one that a trainer learns, in the same column.</summary>
internal static class LabelSteps
{
    private static readonly HashSet<string> Positives = new(StringComparer.OrdinalIgnoreCase) { "yes", "y", "true", "t", "1", "positive", "pos" };

    public static IEnumerable<PipelineStep> Of(TableFacts table)
    {
        var name = table.LabelColumnName;
        if (table.Task == LearningTask.Regression)
        {
            if (table.LabelType != "Single")
                yield return ToNumbers([name]);
        }
        else if (table.Task == LearningTask.MulticlassClassification)
        {
            if (!table.LabelType.StartsWith("Key", StringComparison.Ordinal))
                yield return new($"ml.Transforms.Conversion.MapValueToKey({CSharpText.Quote(name)})", ml => ml.Transforms.Conversion.MapValueToKey(name));
        }
        else if (table.LabelType == "String")
        {
            var truth = TrueClass(table);
            var pairs = table.Classes.Select(one => KeyValuePair.Create(one.Name, one.Name == truth)).ToList();
            yield return new(
                $"ml.Transforms.Conversion.MapValue({CSharpText.Quote(name)}, [{string.Join(", ", pairs.Select(pair => $"KeyValuePair.Create({CSharpText.Of(pair.Key)}, {CSharpText.Of(pair.Value)})"))}], {CSharpText.Quote(name)})",
                ml => ml.Transforms.Conversion.MapValue(name, pairs, name));
        }
        else if (table.LabelType != "Boolean")
        {
            if (table.LabelType != "Single")
                yield return ToNumbers([name]);
            var numbers = table.Classes.Select(one => float.Parse(one.Name, CultureInfo.InvariantCulture)).Order().ToList();
            List<KeyValuePair<float, bool>> pairs = [new(numbers[0], false), new(numbers[1], true)];
            yield return new(
                $"ml.Transforms.Conversion.MapValue({CSharpText.Quote(name)}, [KeyValuePair.Create({CSharpText.Of(numbers[0])}, false), KeyValuePair.Create({CSharpText.Of(numbers[1])}, true)], {CSharpText.Quote(name)})",
                ml => ml.Transforms.Conversion.MapValue(name, pairs, name));
        }
    }

    /// <summary>The step behind a trainer.</summary>
    public static IEnumerable<PipelineStep> Behind(TableFacts table) => table.Task == LearningTask.MulticlassClassification && !table.LabelType.StartsWith("Key", StringComparison.Ordinal)
        ? [new("ml.Transforms.Conversion.MapKeyToValue(\"PredictedLabel\")", ml => ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))]
        : [];

    /// <summary>The class that is predicted as true: one whose name says so, else the rarer one. The greater one of numbers.</summary>
    public static string TrueClass(TableFacts table) => table.LabelType switch
    {
        "Boolean" => "true",
        "String" => table.Classes.FirstOrDefault(one => Positives.Contains(one.Name))?.Name ?? table.Classes[^1].Name,
        _ => table.Classes.MaxBy(one => double.Parse(one.Name, CultureInfo.InvariantCulture))!.Name,
    };

    /// <summary>Makes columns of other types the numbers that networks read.</summary>
    public static PipelineStep ToNumbers(IReadOnlyList<string> names) => names.Count == 1
        ? new($"ml.Transforms.Conversion.ConvertType({CSharpText.Quote(names[0])})", ml => ml.Transforms.Conversion.ConvertType(names[0], outputKind: DataKind.Single))
        : new(
            $"ml.Transforms.Conversion.ConvertType([{string.Join(", ", names.Select(name => $"new({CSharpText.Quote(name)})"))}])",
            ml => ml.Transforms.Conversion.ConvertType([.. names.Select(name => new InputOutputColumnPair(name))], DataKind.Single));
}
