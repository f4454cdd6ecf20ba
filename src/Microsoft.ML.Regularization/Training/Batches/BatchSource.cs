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
    private readonly RowCopies _copies = new();
    private readonly SparseRows? _sparse;
    private readonly SparseScaler? _scaler;
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
        : this(capacity, featureCount, targetSize, device, meanWeight, sparse: null, scaler: null)
    {
    }

    /// <param name="capacity">Rows to make room for; a larger batch makes more.</param>
    /// <param name="input">What a row holds; where it is sparse, so are the batches.</param>
    /// <param name="targetSize">Numbers of a target.</param>
    /// <param name="device">Where batches go.</param>
    /// <param name="meanWeight">The mean example weight of all rows.</param>
    /// <param name="scaler">Brings sparse rows to the network's scale; tensors are brought to it by the network.</param>
    public BatchSource(int capacity, InputLayout input, int targetSize, Device device, double meanWeight, InputScaler? scaler)
        : this(capacity, input.IsSparse ? 0 : input.Width, targetSize, device, meanWeight, input.IsSparse ? new SparseRows(input) : null, scaler)
    {
    }

    private BatchSource(
        int capacity, int featureCount, int targetSize, Device device, double meanWeight, SparseRows? sparse, InputScaler? scaler)
    {
        _sparse = sparse;
        _scaler = sparse is null || scaler is null ? null : new SparseScaler(scaler);
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
            _views = new TrainingBatch(
                _sparse is null ? View(_features, rows.Length) : new NetworkInput(null, _sparse), View(_targets, rows.Length), View(_rowFactors, rows.Length));
        }

        // Dividing by the rows' number times the mean weight of all rows, rather than by the batch's own weights, keeps the gradient unbiased.
        _copies.Run(table, rows, this, rows.Length * _meanWeight);
        GatherSparse(table, rows);
        encoding.Apply(FloatsOf(_targets)[..(rows.Length * table.TargetSize)], labelSmoothing);
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

    private void GatherSparse(RowTable table, ReadOnlySpan<int> rows)
    {
        if (_sparse is null)
            return;
        _sparse.Clear();
        foreach (var row in rows)
            _sparse.Add(table.Sparse(row), _scaler);
    }

    private void DisposeViews()
    {
        _views?.Input.Rows?.Dispose();
        _views?.Targets.Dispose();
        _views?.RowFactors.Dispose();
        _views = null;
        _viewedRows = 0;
    }

    private static Tensor View(Tensor buffer, int count) => buffer.narrow(0, 0, count).DetachFromDisposeScope();

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Rows lie anywhere in memory, so that several threads wait for them side by side.</summary>
    private sealed unsafe class RowCopies : TeamWork
    {
        private const int RowsOfPart = 32;

        private RowTable? _table;
        private int* _rows;
        private int _count;
        private double _normalizer;
        private bool _isSparse;
        private float* _features;
        private float* _targets;
        private float* _factors;

        public void Run(RowTable table, ReadOnlySpan<int> rows, BatchSource batch, double normalizer)
        {
            fixed (int* numbers = rows)
            fixed (float* features = FloatsOf(batch._features), targets = FloatsOf(batch._targets), factors = FloatsOf(batch._rowFactors))
            {
                (_table, _count, _normalizer, _isSparse) = (table, rows.Length, normalizer, batch._sparse is not null);
                _rows = numbers;
                _features = features;
                _targets = targets;
                _factors = factors;
                ThreadTeam.Shared.Run(this, (rows.Length + RowsOfPart - 1) / RowsOfPart);
                _table = null;
            }
        }

        public override void Run(int part)
        {
            var table = _table!;
            for (var i = part * RowsOfPart; i < Math.Min(_count, (part + 1) * RowsOfPart); i++)
            {
                if (!_isSparse)
                    table.CopyFeatures(_rows[i], new Span<float>(_features + (nint)i * table.FeatureCount, table.FeatureCount));
                table.CopyTarget(_rows[i], new Span<float>(_targets + (nint)i * table.TargetSize, table.TargetSize));
                _factors[i] = (float)(table.Weight(_rows[i]) / _normalizer);
            }
        }
    }
}
