using System.Globalization;

namespace TabularLeague;

/// <summary>The rows of a table as they are read: a missing number is NaN, a missing category the empty text.</summary>
internal sealed class TableRows
{
    private TableRows(float[][] numbers, string[][] categories, float[] labels, int classes)
    {
        Numbers = numbers;
        Categories = categories;
        Labels = labels;
        Classes = classes;
    }

    public float[][] Numbers { get; }

    public string[][] Categories { get; }

    /// <summary>The number of the class from 0, or the number that is predicted.</summary>
    public float[] Labels { get; }

    /// <summary>How many classes there are; 0 where a number is predicted.</summary>
    public int Classes { get; }

    public int Count => Labels.Length;

    /// <summary>Whether prepared features differ from the columns as they are read.</summary>
    public bool NeedPreparation => Categories[0].Length > 0 || Numbers.Any(row => row.Any(float.IsNaN));

    public static TableRows Read(Table table, IEnumerable<string> paths)
    {
        var numbers = new List<float[]>();
        var categories = new List<string[]>();
        var labels = new List<string>();
        foreach (var path in paths)
        {
            var lines = File.ReadLines(path).Where(line => line.Length > 0).Select(CsvLine.Split);
            var header = lines.First();
            var label = IndexIn(header, table.Label, path);
            int[] categoryColumns = [.. table.Categories.Select(name => IndexIn(header, name, path))];
            int[] numberColumns = [.. Enumerable.Range(0, header.Length)
                .Where(column => column != label && !categoryColumns.Contains(column) && !table.Dropped.Contains(header[column]))];
            foreach (var line in lines.Skip(1))
            {
                numbers.Add([.. numberColumns.Select(column => Number(line[column], header[column], path))]);
                categories.Add([.. categoryColumns.Select(column => line[column])]);
                labels.Add(line[label]);
            }
        }

        return new TableRows([.. numbers], [.. categories], [.. LabelsOf(table, labels, out var classes)], classes);
    }

    private static IEnumerable<float> LabelsOf(Table table, List<string> labels, out int classes)
    {
        if (table.Predicted == Prediction.Number)
        {
            classes = 0;
            return labels.Select(label => (float)table.Target(double.Parse(label, CultureInfo.InvariantCulture)));
        }

        if (table.Predicted == Prediction.Binary)
        {
            classes = 2;
            return labels.Select(label => label == table.Positive ? 1f : 0f);
        }

        var names = labels.Distinct().Order(StringComparer.Ordinal).ToList();
        classes = names.Count;
        return labels.Select(label => (float)names.IndexOf(label));
    }

    private static int IndexIn(string[] header, string name, string path) =>
        Array.IndexOf(header, name) is >= 0 and var index ? index : throw new InvalidDataException($"{path} has no column {name}.");

    private static float Number(string cell, string column, string path) =>
        cell.Length == 0 ? float.NaN
        : float.TryParse(cell, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidDataException($"{path}: column {column} holds '{cell}', which is not a number.");
}
