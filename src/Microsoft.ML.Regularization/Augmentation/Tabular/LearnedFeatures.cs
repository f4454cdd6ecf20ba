using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The features of a column and their statistics, for augmentations of tables.</summary>
/// <param name="Units">Its features, one-hot blocks as one.</param>
/// <param name="Means">The mean of each slot; 0 where moments were not asked for.</param>
/// <param name="Deviations">The standard deviation of each slot; 0 where moments were not asked for.</param>
internal sealed record LearnedFeatures(FeatureUnits Units, float[] Means, float[] Deviations)
{
    /// <summary>Reads the rows that are trained on once, and none where nothing depends on them.</summary>
    /// <param name="source">The rows; those that are held out or weigh 0 are left out.</param>
    /// <param name="column">The features.</param>
    /// <param name="withMoments">Whether to learn means and deviations.</param>
    /// <param name="weightName">The column of example weights, or null.</param>
    public static LearnedFeatures Learn(IDataView source, FeatureColumn column, bool withMoments, string? weightName = null)
    {
        var moments = withMoments ? new FeatureMoments(column.Size) : null;
        var binary = FeatureBlocks.DependOnRows(column) ? new BinarySlots(column.Size) : null;
        var rows = moments is null && binary is null ? 0 : Read(source, column, weightName, moments, binary);
        binary?.Finish(rows);
        var units = FeatureBlocks.Of(column, (start, end) => binary!.IsOneHot(start, end, rows));
        var (means, deviations) = moments?.Finish(rows) ?? (new float[column.Size], new float[column.Size]);
        return new LearnedFeatures(units, means, deviations);
    }

    private static long Read(IDataView source, FeatureColumn column, string? weightName, FeatureMoments? moments, BinarySlots? binary)
    {
        var needed = new List<DataViewSchema.Column> { source.Schema[column.Column.Index] };
        if (HeldOutMark.Find(source.Schema) is { } mark)
            needed.Add(mark);
        if (weightName is not null)
            needed.Add(source.Schema[weightName]);
        using var cursor = source.GetRowCursor(needed);
        var isHeldOut = new HeldOutMark(cursor);
        var weight = weightName is null ? null : cursor.GetGetter<float>(source.Schema[weightName]);
        var read = column.Reader(cursor);
        VBuffer<float> features = default;
        var rows = 0L;
        while (cursor.MoveNext())
        {
            if (isHeldOut.Read() || WeighsNothing(weight))
                continue;

            rows++;
            read(ref features);
            column.CheckSize(features.Length);
            var values = features.GetValues();
            var indices = features.GetIndices();
            for (var i = 0; i < values.Length; i++)
            {
                var slot = features.IsDense ? i : indices[i];
                moments?.Add(slot, values[i]);
                binary?.Add(slot, values[i]);
            }
        }

        return rows;
    }

    private static bool WeighsNothing(ValueGetter<float>? getter)
    {
        var weight = 1f;
        getter?.Invoke(ref weight);
        return weight == 0;
    }
}
