using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

/// <summary>Rows of numbers, read into a table as training reads them, and what is learned of them.</summary>
internal static class NumberRows
{
    public static IDataView View(IEnumerable<float[]> rows, params string[] names)
    {
        var list = rows.Select((features, i) => new Row { Features = features, Target = i }).ToList();
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, list[0].Features.Length);
        if (names.Length > 0)
        {
            definition[nameof(Row.Features)].AddAnnotation(
                "SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        }

        return new MLContext(seed: 1).Data.LoadFromEnumerable(list, definition);
    }

    public static RowTable Table(IEnumerable<float[]> rows)
    {
        var (ml, view) = (new MLContext(seed: 1), View(rows));
        var columns = new TrainingColumns(ml, view.Schema, LearningTask.Regression, InputRequests.Of("Features"), "Target", weightName: null);
        var table = new RowTable(columns.FeatureCount, columns.Target.TargetSize);
        using var reader = new RowReader(ml, view, columns);
        while (reader.MoveNext())
            table.Add(reader);
        return table;
    }

    public static InputStatistics Learn(InputScaling scaling, IEnumerable<float[]> rows, InputLayout? input = null)
    {
        var table = Table(rows);
        return InputStatistics.Learn(scaling, new MemoryDataset(table), input ?? table.FeatureCount, RowSummary.Of(table))!;
    }

    internal sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Target { get; set; }
    }
}
