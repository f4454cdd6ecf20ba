using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>A column by whose values rows are sliced: each text or mark is a slice, and each quarter of the numbers.</summary>
/// <param name="Name">The column.</param>
/// <param name="Slices">Of each row its slice as it is written; null where the value is missing.</param>
internal sealed record SliceColumn(string Name, string?[] Slices)
{
    private const int Quarters = 4;

    /// <summary>Reads a column; null where it is neither of texts, marks nor numbers.</summary>
    public static SliceColumn? Read(IDataView rows, string name)
    {
        var column = rows.Schema[name];
        if (column.Type is TextDataViewType)
            return new(name, [.. Values<ReadOnlyMemory<char>>(rows, column).Select(text => text.IsEmpty ? null : $"{name} is {text}")]);
        if (column.Type is BooleanDataViewType)
            return new(name, [.. Values<bool>(rows, column).Select(mark => $"{name} is {(mark ? "true" : "false")}")]);
        return column.Type is NumberDataViewType { RawType: var type } && type == typeof(float) ? OfNumbers(name, [.. Values<float>(rows, column)]) : null;
    }

    /// <summary>The numbers of a column, those that are missing left out.</summary>
    public static float[] Numbers(IDataView rows, string name) => [.. Values<float>(rows, rows.Schema[name]).Where(float.IsFinite)];

    private static SliceColumn OfNumbers(string name, float[] numbers)
    {
        var sorted = numbers.Where(float.IsFinite).Order().ToArray();
        if (sorted.Length == 0)
            return new(name, new string?[numbers.Length]);
        float[] bounds = [.. Enumerable.Range(1, Quarters - 1).Select(quarter => sorted[quarter * sorted.Length / Quarters]).Distinct()];
        return new(name, Array.ConvertAll(numbers, number => float.IsFinite(number) ? Words(name, bounds, bounds.Count(bound => number >= bound)) : null));
    }

    private static string Words(string name, float[] bounds, int place) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} {(bounds.Length == 0 ? "of any value" : place == 0 ? $"below {bounds[0]:G4}" : place == bounds.Length ? $"from {bounds[^1]:G4}" : $"from {bounds[place - 1]:G4} to below {bounds[place]:G4}")}");

    private static IEnumerable<T> Values<T>(IDataView rows, DataViewSchema.Column column)
    {
        using var cursor = rows.GetRowCursor([column]);
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            yield return value;
        }
    }
}
