using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Rows in memory: contiguous features, labels as classes where they are hard, and as numbers where they are soft or targets.</summary>
internal sealed class RowTable(int featureCount, int targetSize)
{
    private readonly List<float> _features = [];
    private readonly List<float> _targets = [];
    private readonly List<int> _classes = [];
    private readonly List<float> _weights = [];
    private bool _hasClasses;

    public int FeatureCount { get; } = featureCount;

    /// <summary>Numbers of a target: the classes, or 1 for a regression.</summary>
    public int TargetSize { get; } = targetSize;

    public int Count => _weights.Count;

    /// <summary>What the rows take, without the room to grow.</summary>
    public long Bytes => sizeof(float) * ((long)_features.Count + _targets.Count + _classes.Count + _weights.Count);

    /// <summary>Whether one array holds the rows and one more.</summary>
    public bool HasRoomFor(RowReader row) => (Count + 1L) * Math.Max(FeatureCount, row.Target.HasClass ? 1 : TargetSize) <= Array.MaxLength;

    /// <summary>Makes room for features, so that a table whose size is known does not leave smaller ones behind as it grows.</summary>
    public void Reserve(int rows)
    {
        _features.EnsureCapacity((int)Math.Min((long)rows * FeatureCount, Array.MaxLength));
        _weights.EnsureCapacity(rows);
    }

    /// <summary>Empties the table and keeps its memory.</summary>
    public void Clear()
    {
        _features.Clear();
        _targets.Clear();
        _classes.Clear();
        _weights.Clear();
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

        _features.AddRange(row.Features);
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
        by.Features.CopyTo(CollectionsMarshal.AsSpan(_features).Slice(row * FeatureCount, FeatureCount));
        if (_hasClasses)
            _classes[row] = by.Target.Class;
        else
            by.Target.Values.CopyTo(CollectionsMarshal.AsSpan(_targets).Slice(row * TargetSize, TargetSize));
        _weights[row] = by.Weight;
    }

    public void Add(RowTable source, int row)
    {
        _features.AddRange(source.Features(row));
        _hasClasses = source._hasClasses;
        if (_hasClasses)
            _classes.Add(source._classes[row]);
        else
            _targets.AddRange(source.Target(row));
        _weights.Add(source._weights[row]);
    }

    public ReadOnlySpan<float> Features(int row) => CollectionsMarshal.AsSpan(_features).Slice(row * FeatureCount, FeatureCount);

    public float Weight(int row) => _weights[row];

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

    /// <summary>The class of the row where labels are hard; else null.</summary>
    public int? Class(int row) => _hasClasses ? _classes[row] : null;

    /// <summary>The numbers of the row's label; none where labels are hard.</summary>
    public ReadOnlySpan<float> Target(int row) => _hasClasses ? [] : CollectionsMarshal.AsSpan(_targets).Slice(row * TargetSize, TargetSize);
}
