using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

/// <summary>Rows of two features and three classes, read into a table as training reads them.</summary>
internal static class TableRows
{
    /// <summary>Targets of three classes as they are.</summary>
    public static TargetEncoding Plain { get; } = new ClassEncoding(3, weights: null);

    public static RowTable Read(params HardRow[] rows) => Read(rows, LearningTask.MulticlassClassification, "Weight");

    public static RowTable Read(params SoftRow[] rows) => Read(rows, LearningTask.MulticlassClassification, "Weight");

    /// <summary>Rows of a regression, with columns "Features" and "Label", kept sparse or dense.</summary>
    public static RowTable ReadNumbers<TRow>(IEnumerable<TRow> rows, bool isSparse)
        where TRow : class => Read(rows, LearningTask.Regression, weightName: null, isSparse);

    /// <summary>The row's features, whether the table is sparse or not.</summary>
    public static float[] Features(this RowTable table, int row)
    {
        var features = new float[table.FeatureCount];
        table.CopyFeatures(row, features);
        return features;
    }

    private static RowTable Read<TRow>(IEnumerable<TRow> rows, LearningTask task, string? weightName, bool isSparse = false)
        where TRow : class
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(rows);
        var columns = new TrainingColumns(ml, view.Schema, task, InputRequests.Of("Features"), "Label", weightName);
        var table = new RowTable(columns.FeatureCount, columns.Target.TargetSize, isSparse);
        using var reader = new RowReader(ml, view, columns);
        while (reader.MoveNext())
            table.Add(reader);
        return table;
    }

    internal sealed class HardRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        /// <summary>The class, from 0.</summary>
        [KeyType(3)]
        public uint Label { get; set; }

        public float Weight { get; set; } = 1;
    }

    internal sealed class SoftRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [VectorType(3)]
        public float[] Label { get; set; } = [];

        public float Weight { get; set; } = 1;
    }
}
