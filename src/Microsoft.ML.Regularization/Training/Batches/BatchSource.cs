using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Gathers rows of a table into contiguous tensors that every batch reuses. Whoever reads them is done before the next batch is gathered.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private readonly Tensor _features;
    private readonly Tensor _targets;
    private readonly Tensor _rowFactors;
    private readonly Device _device;

    public BatchSource(int batchSize, int featureCount, int classCount, Device device)
    {
        _features = empty(batchSize, featureCount).DetachFromDisposeScope();
        _targets = empty(batchSize, classCount).DetachFromDisposeScope();
        _rowFactors = empty(batchSize).DetachFromDisposeScope();
        _device = device;
    }

    /// <param name="table">Where the rows are.</param>
    /// <param name="rows">Which rows, at most the batch size.</param>
    /// <param name="labelSmoothing">See <see cref="RegularizationRecipe.LabelSmoothing"/>.</param>
    /// <returns>Features (rows, features), targets (rows, classes) and row factors (rows), whose factors make the sum of the rows' losses a mean.</returns>
    public (Tensor Features, Tensor Targets, Tensor RowFactors) Gather(RowTable table, ReadOnlySpan<int> rows, double labelSmoothing)
    {
        var features = FloatsOf(_features);
        var targets = FloatsOf(_targets);
        var factors = FloatsOf(_rowFactors);

        // Dividing by the rows' number times the mean weight of all rows, rather than by the batch's own weights, keeps the gradient unbiased.
        var normalizer = rows.Length * (table.WeightSum / table.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            table.Features(rows[i]).CopyTo(features.Slice(i * table.FeatureCount, table.FeatureCount));
            table.CopyTarget(rows[i], targets.Slice(i * table.ClassCount, table.ClassCount));
            factors[i] = (float)(table.Weight(rows[i]) / normalizer);
        }

        TargetSmoothing.Apply(targets[..(rows.Length * table.ClassCount)], table.ClassCount, labelSmoothing);
        return (Rows(_features, rows.Length), Rows(_targets, rows.Length), Rows(_rowFactors, rows.Length));
    }

    public void Dispose()
    {
        _features.Dispose();
        _targets.Dispose();
        _rowFactors.Dispose();
    }

    private Tensor Rows(Tensor buffer, int count) => buffer.narrow(0, 0, count).to(_device);

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
