using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Gathers rows of a table into contiguous tensors that every batch reuses. Whoever reads them is done before the next batch is gathered.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private readonly int _featureCount;
    private readonly int _targetSize;
    private readonly Device _device;
    private readonly double _meanWeight;
    private Tensor _features;
    private Tensor _targets;
    private Tensor _rowFactors;

    // The views of the last batch's size, which nearly all batches have.
    private TrainingBatch? _views;
    private int _viewedRows;

    /// <param name="capacity">Rows to make room for; a larger batch makes more.</param>
    /// <param name="featureCount">Features of a row.</param>
    /// <param name="targetSize">Numbers of a target.</param>
    /// <param name="device">Where batches go.</param>
    /// <param name="meanWeight">The mean example weight of all rows.</param>
    public BatchSource(int capacity, int featureCount, int targetSize, Device device, double meanWeight = 1)
    {
        _meanWeight = meanWeight;
        _featureCount = featureCount;
        _targetSize = targetSize;
        _device = device;
        Allocate(capacity);
    }

    /// <summary>The encoded targets of the batch that was gathered last.</summary>
    public ReadOnlySpan<float> Targets => FloatsOf(_targets);

    /// <param name="table">Where the rows are.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="encoding">Makes of targets what the loss asks for.</param>
    /// <param name="labelSmoothing">See <see cref="RegularizationRecipe.LabelSmoothing"/>.</param>
    public TrainingBatch Gather(RowTable table, ReadOnlySpan<int> rows, TargetEncoding encoding, double labelSmoothing)
    {
        if (rows.Length > _rowFactors.numel())
        {
            Dispose();
            Allocate(rows.Length);
        }

        if (rows.Length != _viewedRows)
        {
            DisposeViews();
            _viewedRows = rows.Length;
            _views = new TrainingBatch(View(_features, rows.Length), View(_targets, rows.Length), View(_rowFactors, rows.Length));
        }

        var features = FloatsOf(_features);
        var targets = FloatsOf(_targets);
        var factors = FloatsOf(_rowFactors);

        // Dividing by the rows' number times the mean weight of all rows, rather than by the batch's own weights, keeps the gradient unbiased.
        var normalizer = rows.Length * _meanWeight;
        for (var i = 0; i < rows.Length; i++)
        {
            table.Features(rows[i]).CopyTo(features.Slice(i * table.FeatureCount, table.FeatureCount));
            table.CopyTarget(rows[i], targets.Slice(i * table.TargetSize, table.TargetSize));
            factors[i] = (float)(table.Weight(rows[i]) / normalizer);
        }

        encoding.Apply(targets[..(rows.Length * table.TargetSize)], labelSmoothing);
        var batch = _views.GetValueOrDefault();
        return _device.type == TorchSharp.DeviceType.CPU
            ? batch
            : new TrainingBatch(batch.Features.to(_device), batch.Targets.to(_device), batch.RowFactors.to(_device));
    }

    public void Dispose()
    {
        DisposeViews();
        _features.Dispose();
        _targets.Dispose();
        _rowFactors.Dispose();
    }

    [MemberNotNull(nameof(_features), nameof(_targets), nameof(_rowFactors))]
    private void Allocate(int capacity)
    {
        _features = FloatTensors.Empty(capacity, _featureCount).DetachFromDisposeScope();
        _targets = FloatTensors.Empty(capacity, _targetSize).DetachFromDisposeScope();
        _rowFactors = FloatTensors.Empty(capacity).DetachFromDisposeScope();
    }

    private void DisposeViews()
    {
        _views?.Features.Dispose();
        _views?.Targets.Dispose();
        _views?.RowFactors.Dispose();
        _views = null;
        _viewedRows = 0;
    }

    private static Tensor View(Tensor buffer, int count) => buffer.narrow(0, 0, count).DetachFromDisposeScope();

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
