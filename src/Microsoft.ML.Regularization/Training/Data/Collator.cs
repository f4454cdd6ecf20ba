using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Makes batches of rows: gathers their features into contiguous tensors that every batch reuses, and encodes their targets. A batch must be used up before
/// the next one is gathered.
/// </summary>
internal sealed class Collator : IDisposable
{
    private readonly TargetEncoding _encoding;
    private readonly int _featureCount;
    private readonly int _targetSize;
    private readonly Device _device;
    private readonly double _meanWeight;
    private readonly Imputation? _imputation;
    private readonly bool _findsGiven;
    private readonly RowCopies _copies = new();
    private readonly SparseRows? _sparse;
    private readonly SparseScaler? _scaler;
    private readonly List<SlotValue> _filled = [];
    private Tensor _features;
    private Tensor _targets;
    private Tensor _rowFactors;
    private Tensor? _given;

    // Tensors of the last batch's number of rows, over the same memory. Nearly all batches are of one size, so that they are made once.
    private TrainingBatch? _views;
    private int _viewedRows;

    /// <param name="encoding">Encodes targets for the loss.</param>
    /// <param name="capacity">Rows to make room for; a larger batch makes more.</param>
    /// <param name="input">The input of the network, including indicators of missing numbers; if it is sparse, so are the batches.</param>
    /// <param name="targetSize">Numbers of a target.</param>
    /// <param name="device">Where batches go.</param>
    /// <param name="meanWeight">The mean example weight of all rows.</param>
    /// <param name="imputation">Fills in missing numbers; null if there are none.</param>
    /// <param name="scaler">Scales sparse rows; dense rows are scaled by the network.</param>
    /// <param name="findsGiven">Whether batches of tensors record which features were not missing.</param>
    public Collator(
        TargetEncoding encoding,
        int capacity,
        InputLayout input,
        int targetSize,
        Device device,
        double meanWeight = 1,
        Imputation? imputation = null,
        InputScaler? scaler = null,
        bool findsGiven = false)
    {
        _encoding = encoding;
        _sparse = input.IsSparse ? new SparseRows(input) : null;
        _scaler = _sparse is not null && scaler is not null ? new SparseScaler(scaler) : null;
        _imputation = imputation;
        _findsGiven = findsGiven && _sparse is null && _imputation is not null;
        _featureCount = _sparse is null ? input.Width : 0;
        _meanWeight = meanWeight;
        _targetSize = targetSize;
        _device = device;
        Allocate(capacity);
    }

    /// <summary>The encoded targets of the batch that was gathered last.</summary>
    public ReadOnlySpan<float> Targets => FloatsOf(_targets);

    /// <param name="table">Where the rows are.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="labelSmoothing">See <see cref="RegularizationRecipe.LabelSmoothing"/>.</param>
    public TrainingBatch Gather(RowTable table, ReadOnlySpan<int> rows, double labelSmoothing)
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
                _sparse is null ? View(_features, rows.Length) : new NetworkInput(null, _sparse), View(_targets, rows.Length), View(_rowFactors, rows.Length))
            {
                Given = _given is null ? null : View(_given, rows.Length),
            };
        }

        // Dividing by the rows' number times the mean weight of all rows, rather than by the batch's own weights, keeps the gradient unbiased.
        var imputes = _imputation is not null && (table.HasGaps || _imputation.ChangesCompleteRows);
        _copies.Run(table, rows, this, imputes, rows.Length * _meanWeight);
        GatherSparse(table, rows, imputes);
        _encoding.Apply(FloatsOf(_targets)[..(rows.Length * table.TargetSize)], labelSmoothing);
        var batch = _views.GetValueOrDefault();
        if (!imputes)
            batch = batch with { Given = null };
        return _device.type == TorchSharp.DeviceType.CPU
            ? batch
            : new TrainingBatch(batch.Features.to(_device), batch.Targets.to(_device), batch.RowFactors.to(_device)) { Given = batch.Given?.to(_device) };
    }

    public void Dispose()
    {
        DisposeViews();
        _features.Dispose();
        _targets.Dispose();
        _rowFactors.Dispose();
        _given?.Dispose();
    }

    [MemberNotNull(nameof(_features), nameof(_targets), nameof(_rowFactors))]
    private void Allocate(int capacity)
    {
        _features = FloatTensors.Empty(capacity, _featureCount).DetachFromDisposeScope();
        _targets = FloatTensors.Empty(capacity, _targetSize).DetachFromDisposeScope();
        _rowFactors = FloatTensors.Empty(capacity).DetachFromDisposeScope();
        if (_findsGiven)
            _given = zeros([capacity, _featureCount], ScalarType.Bool).DetachFromDisposeScope();
    }

    private void GatherSparse(RowTable table, ReadOnlySpan<int> rows, bool imputes)
    {
        if (_sparse is null)
            return;
        _sparse.Clear();
        foreach (var row in rows)
        {
            var values = table.Sparse(row);
            _sparse.Add(imputes ? _imputation!.Apply(values, _filled) : values, _scaler);
        }
    }

    private void DisposeViews()
    {
        _views?.Input.Rows?.Dispose();
        _views?.Targets.Dispose();
        _views?.RowFactors.Dispose();
        _views?.Given?.Dispose();
        _views = null;
        _viewedRows = 0;
    }

    private static Tensor View(Tensor buffer, int count) => buffer.narrow(0, 0, count).DetachFromDisposeScope();

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Copies the rows of a batch on several threads: rows lie anywhere in memory, so that most of the time is spent waiting for it.</summary>
    private sealed unsafe class RowCopies : TeamWork
    {
        private const int RowsOfPart = 32;

        private RowTable? _table;
        private int* _rows;
        private int _count;
        private double _normalizer;
        private bool _isSparse;
        private Imputation? _imputation;
        private nint _featureCount;
        private float* _features;
        private bool* _given;
        private float* _targets;
        private float* _factors;

        public void Run(RowTable table, ReadOnlySpan<int> rows, Collator batch, bool imputes, double normalizer)
        {
            (_imputation, _featureCount) = (imputes ? batch._imputation : null, batch._featureCount);
            fixed (int* numbers = rows)
            fixed (bool* given = batch._given is { } flags ? MemoryMarshal.Cast<byte, bool>(flags.bytes) : default)
            fixed (float* features = FloatsOf(batch._features), targets = FloatsOf(batch._targets), factors = FloatsOf(batch._rowFactors))
            {
                (_table, _count, _normalizer, _isSparse) = (table, rows.Length, normalizer, batch._sparse is not null);
                _rows = numbers;
                _features = features;
                _targets = targets;
                _factors = factors;
                _given = given;
                ThreadTeam.Current.Run(this, (rows.Length + RowsOfPart - 1) / RowsOfPart);
                _table = null;
            }
        }

        public override void Run(int part)
        {
            var table = _table!;
            var given = _imputation is null ? null : ArrayPool<float>.Shared.Rent(table.FeatureCount);
            for (var i = part * RowsOfPart; i < Math.Min(_count, (part + 1) * RowsOfPart); i++)
            {
                if (!_isSparse)
                    CopyFeatures(table, _rows[i], i * _featureCount, given.AsSpan(0, given is null ? 0 : table.FeatureCount));
                table.CopyTarget(_rows[i], new Span<float>(_targets + (nint)i * table.TargetSize, table.TargetSize));
                _factors[i] = (float)(table.Weight(_rows[i]) / _normalizer);
            }

            if (given is not null)
                ArrayPool<float>.Shared.Return(given);
        }

        private void CopyFeatures(RowTable table, int row, nint start, Span<float> given)
        {
            var copy = new Span<float>(_features + start, (int)_featureCount);
            if (_imputation is null)
            {
                table.CopyFeatures(row, copy);
                return;
            }

            table.CopyFeatures(row, given);
            _imputation.Apply(given, copy);
            if (_given is not null)
                _imputation.FindGiven(given, new Span<bool>(_given + start, (int)_featureCount));
        }
    }
}
