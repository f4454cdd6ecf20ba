using System.Collections;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Rows in memory, one column after another: features, contiguous or sparse; labels, as classes where each row is of one, else as numbers; example weights.
/// </summary>
/// <param name="featureCount">Numbers of a row.</param>
/// <param name="targetSize">Numbers of a target: the classes, or 1 for a regression.</param>
/// <param name="isSparse">Whether features are kept sparse.</param>
/// <param name="packs">Whether features are packed where they can be: see <see cref="FeatureRows"/>.</param>
internal sealed class RowTable(int featureCount, int targetSize, bool isSparse = false, bool packs = false)
{
    private FeatureRows _features = new(featureCount, packs);
    private SparseTable? _sparse = isSparse ? new SparseTable() : null;
    private float[]? _row;
    private List<SlotValue>? _values;
    private readonly RowBlocks<float> _targets = new(targetSize);
    private readonly RowBlocks<int> _classes = new(1);
    private readonly RowWeights _weights = new();
    private bool _hasClasses;

    public int FeatureCount { get; } = featureCount;

    /// <summary>Numbers of a target: the classes, or 1 for a regression.</summary>
    public int TargetSize { get; } = targetSize;

    public int Count => _weights.Count;

    /// <summary>Whether features are sparse.</summary>
    public bool IsSparse => _sparse is not null;

    /// <summary>Whether a row has missing numbers, which are NaN, or had some before another row took its place.</summary>
    public bool HasGaps { get; private set; }

    /// <summary>The bytes that the rows take, without what is reserved for more of them.</summary>
    public unsafe long Bytes =>
        (_sparse is null ? _features.Bytes : sizeof(SlotValue) * _sparse.Values)
        + sizeof(float) * (((long)_targets.Count * TargetSize) + _classes.Count) + _weights.Bytes;

    /// <summary>Whether another row can be kept: rows are counted by an integer.</summary>
    public bool HasRoom => Count < Array.MaxLength;

    /// <summary>Empties the table and keeps its memory.</summary>
    public void Clear()
    {
        _features.Clear();
        _sparse?.Clear();
        _targets.Clear();
        _classes.Clear();
        _weights.Clear();
        HasGaps = false;
    }

    /// <exception cref="InvalidOperationException">There are too many rows.</exception>
    public void Add(RowReader row)
    {
        if (!HasRoom)
            throw Contracts.Except($"No more than {Count} training rows are kept in memory. Train on fewer, or with {nameof(DataCaching)} {nameof(DataCaching.None)}.");

        if (_sparse is null)
            row.Features.CopyTo(_features.Add());
        else
            _sparse.Add(row.Sparse);
        HasGaps |= row.HasGaps;
        _hasClasses = row.Target.HasClass;
        if (_hasClasses)
            _classes.Add()[0] = row.Target.Class;
        else
            _targets.Add(row.Target.Values);
        _weights.Add(row.Weight);
    }

    /// <summary>Puts the row in the place of another.</summary>
    public void Replace(int row, RowReader by)
    {
        if (_sparse is null)
            _features.Replace(row, by.Features);
        else
            _sparse.Replace(row, by.Sparse);
        HasGaps |= by.HasGaps;
        if (_hasClasses)
            _classes[row][0] = by.Target.Class;
        else
            by.Target.Values.CopyTo(_targets[row]);
        _weights[row] = by.Weight;
    }

    /// <summary>Adds a row to a table that is neither sparse nor of hard labels.</summary>
    public void Add(ReadOnlySpan<float> features, ReadOnlySpan<float> target, float weight)
    {
        features.CopyTo(_features.Add());
        HasGaps |= MissingNumbers.AnyIn(features);
        _targets.Add(target);
        _weights.Add(weight);
    }

    public void Add(RowTable source, int row)
    {
        AddFeatures(source, row);
        HasGaps |= source.HasGaps;
        _hasClasses = source._hasClasses;
        if (_hasClasses)
            _classes.Add()[0] = source._classes[row][0];
        else
            _targets.Add(source.Target(row));
        _weights.Add(source.Weight(row));
    }

    /// <summary>Moves rows to another table; those that stay keep their order.</summary>
    /// <param name="isMoved">Tells it of each row, once.</param>
    /// <param name="to">The other table.</param>
    public void Move(Func<int, bool> isMoved, RowTable to)
    {
        var moved = new BitArray(Count);
        for (var row = 0; row < Count; row++)
        {
            moved[row] = isMoved(row);
            if (moved[row])
                to.Add(this, row);
        }

        bool Stays(int row) => !moved[row];
        if (_sparse is null)
            _features.Keep(Stays);
        else
            _sparse.Keep(Stays);
        _targets.Keep(Stays);
        _classes.Keep(Stays);
        _weights.Keep(Stays);
    }

    /// <summary>Writes the row's features, whether the table is sparse or not.</summary>
    public void CopyFeatures(int row, Span<float> features)
    {
        if (_sparse is null)
            _features.CopyTo(row, 0, features);
        else
            SparseTable.Expand(_sparse[row], features);
    }

    /// <summary>Writes some of the features of a row of a table that is not sparse.</summary>
    /// <param name="row">The row.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="features">As many as are wanted.</param>
    public void CopyFeatures(int row, int start, Span<float> features) => _features.CopyTo(row, start, features);

    /// <summary>The row's features that are not 0, whether the table is sparse or not; for one thread, until the next row is asked for.</summary>
    public ReadOnlySpan<SlotValue> Sparse(int row)
    {
        if (_sparse is not null)
            return _sparse[row];
        CopyFeatures(row, _row ??= new float[FeatureCount]);
        (_values ??= []).Clear();
        SparseTable.Collect(_row, _values);
        return CollectionsMarshal.AsSpan(_values);
    }

    /// <summary>Keeps features sparse or contiguous from now on, and converts those that are there.</summary>
    public void Become(bool sparse)
    {
        if (sparse == IsSparse)
            return;
        if (sparse)
        {
            var table = new SparseTable();
            for (var row = 0; row < Count; row++)
                table.Add(Sparse(row));
            _sparse = table;
            _features = new FeatureRows(FeatureCount, packs);
            return;
        }

        var rows = _sparse!;
        _sparse = null;
        for (var row = 0; row < rows.Count; row++)
            SparseTable.Expand(rows[row], _features.Add());
    }

    /// <summary>Makes features contiguous where too many of them turn out not to be 0.</summary>
    public void BecomeDenseWhereItIs()
    {
        if (_sparse is not null && SparsityRule.IsTooDense(_sparse, FeatureCount))
            Become(sparse: false);
    }

    public float Weight(int row) => _weights[row];

    private void AddFeatures(RowTable source, int row)
    {
        if (_sparse is not null)
            _sparse.Add(source.Sparse(row));
        else
            source.CopyFeatures(row, _features.Add());
    }

    /// <summary>Writes the row's target: its distribution over the classes, or its number.</summary>
    public void CopyTarget(int row, Span<float> target)
    {
        if (!_hasClasses)
        {
            Target(row).CopyTo(target);
            return;
        }

        target.Clear();
        target[_classes[row][0]] = 1;
    }

    /// <summary>The class of the row, or its most probable one.</summary>
    public int MostProbableClass(int row) => _hasClasses ? _classes[row][0] : TensorPrimitives.IndexOfMax(Target(row));

    /// <summary>The row's label and weight.</summary>
    public RowLabel Label(int row) => new(_hasClasses ? _classes[row][0] : null, Target(row), Weight(row));

    /// <summary>The numbers of the row's label; none where labels are hard.</summary>
    public ReadOnlySpan<float> Target(int row) => _hasClasses ? [] : _targets[row];
}
