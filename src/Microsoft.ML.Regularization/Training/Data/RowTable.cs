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
internal sealed class RowTable(int featureCount, int targetSize, bool isSparse = false)
{
    private readonly List<float> _features = [];
    private SparseTable? _sparse = isSparse ? new SparseTable() : null;
    private List<SlotValue>? _row;
    private readonly List<float> _targets = [];
    private readonly List<int> _classes = [];
    private readonly List<float> _weights = [];
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
        (_sparse is null ? 0 : sizeof(SlotValue) * _sparse.Values) + sizeof(float) * ((long)_features.Count + _targets.Count + _classes.Count + _weights.Count);

    /// <summary>Whether the row still fits: all features, or all targets, must fit into one array.</summary>
    public bool HasRoomFor(RowReader row) => (Count + 1L) * Math.Max(IsSparse ? 1 : FeatureCount, row.Target.HasClass ? 1 : TargetSize) <= Array.MaxLength;

    /// <summary>Makes room for features, so that a table whose size is known does not reallocate as it grows.</summary>
    public void Reserve(int rows)
    {
        if (_sparse is null)
            _features.EnsureCapacity((int)Math.Min((long)rows * FeatureCount, Array.MaxLength));
        _weights.EnsureCapacity(rows);
    }

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

    /// <exception cref="InvalidOperationException">The rows do not fit into one array.</exception>
    public void Add(RowReader row)
    {
        if (!HasRoomFor(row))
        {
            throw Contracts.Except(
                $"The training rows do not fit into memory: more than {Count} rows of {Math.Max(FeatureCount, TargetSize)} numbers. "
                + $"Train on fewer rows or features, or with {nameof(DataCaching)} {nameof(DataCaching.None)}.");
        }

        if (_sparse is null)
            _features.AddRange(row.Features);
        else
            _sparse.Add(row.Sparse);
        HasGaps |= row.HasGaps;
        _hasClasses = row.Target.HasClass;
        if (_hasClasses)
            _classes.Add(row.Target.Class);
        else
            _targets.AddRange(row.Target.Values);
        _weights.Add(row.Weight);
    }

    /// <summary>Puts the row in the place of another.</summary>
    public void Replace(int row, RowReader by)
    {
        if (_sparse is null)
            by.Features.CopyTo(CollectionsMarshal.AsSpan(_features).Slice(row * FeatureCount, FeatureCount));
        else
            _sparse.Replace(row, by.Sparse);
        HasGaps |= by.HasGaps;
        if (_hasClasses)
            _classes[row] = by.Target.Class;
        else
            by.Target.Values.CopyTo(CollectionsMarshal.AsSpan(_targets).Slice(row * TargetSize, TargetSize));
        _weights[row] = by.Weight;
    }

    /// <summary>Adds a row to a table that is neither sparse nor of hard labels.</summary>
    public void Add(ReadOnlySpan<float> features, ReadOnlySpan<float> target, float weight)
    {
        _features.AddRange(features);
        HasGaps |= MissingNumbers.AnyIn(features);
        _targets.AddRange(target);
        _weights.Add(weight);
    }

    public void Add(RowTable source, int row)
    {
        AddFeatures(source, row);
        HasGaps |= source.HasGaps;
        _hasClasses = source._hasClasses;
        if (_hasClasses)
            _classes.Add(source._classes[row]);
        else
            _targets.AddRange(source.Target(row));
        _weights.Add(source._weights[row]);
    }

    /// <summary>The features of a table that is not sparse.</summary>
    public ReadOnlySpan<float> Features(int row) => CollectionsMarshal.AsSpan(_features).Slice(row * FeatureCount, FeatureCount);

    /// <summary>Writes the row's features, whether the table is sparse or not.</summary>
    public void CopyFeatures(int row, Span<float> features)
    {
        if (_sparse is null)
            Features(row).CopyTo(features);
        else
            SparseTable.Expand(_sparse[row], features);
    }

    /// <summary>The row's features that are not 0, whether the table is sparse or not; for one thread, until the next row is asked for.</summary>
    public ReadOnlySpan<SlotValue> Sparse(int row)
    {
        if (_sparse is not null)
            return _sparse[row];
        (_row ??= []).Clear();
        SparseTable.Collect(Features(row), _row);
        return CollectionsMarshal.AsSpan(_row);
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
            _features.Clear();
            _features.TrimExcess();
            return;
        }

        var rows = _sparse!;
        _sparse = null;
        CollectionsMarshal.SetCount(_features, checked(rows.Count * FeatureCount));
        for (var row = 0; row < rows.Count; row++)
            SparseTable.Expand(rows[row], CollectionsMarshal.AsSpan(_features).Slice(row * FeatureCount, FeatureCount));
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
        {
            _sparse.Add(source.Sparse(row));
            return;
        }

        CollectionsMarshal.SetCount(_features, _features.Count + FeatureCount);
        source.CopyFeatures(row, CollectionsMarshal.AsSpan(_features)[^FeatureCount..]);
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
        target[_classes[row]] = 1;
    }

    /// <summary>The class of the row, or its most probable one.</summary>
    public int MostProbableClass(int row) => _hasClasses ? _classes[row] : TensorPrimitives.IndexOfMax(Target(row));

    /// <summary>The row's label and weight.</summary>
    public RowLabel Label(int row) => new(_hasClasses ? _classes[row] : null, Target(row), _weights[row]);

    /// <summary>The numbers of the row's label; none where labels are hard.</summary>
    public ReadOnlySpan<float> Target(int row) => _hasClasses ? [] : CollectionsMarshal.AsSpan(_targets).Slice(row * TargetSize, TargetSize);
}
