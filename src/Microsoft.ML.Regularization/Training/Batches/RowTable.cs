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

    public double WeightSum { get; private set; }

    /// <summary>Empties the table and keeps its memory.</summary>
    public void Clear()
    {
        _features.Clear();
        _targets.Clear();
        _classes.Clear();
        _weights.Clear();
        WeightSum = 0;
    }

    /// <exception cref="InvalidOperationException">The rows do not fit into one array.</exception>
    public void Add(RowReader row)
    {
        var widest = Math.Max(FeatureCount, row.Target.HasClass ? 1 : TargetSize);
        if ((Count + 1L) * widest > Array.MaxLength)
            throw Contracts.Except($"The training rows do not fit into memory: more than {Count} rows of {widest} numbers. Train on fewer rows or features.");

        _features.AddRange(row.Features);
        _hasClasses = row.Target.HasClass;
        if (_hasClasses)
            _classes.Add(row.Target.Class);
        else
            _targets.AddRange(row.Target.Values);
        _weights.Add(row.Weight);
        WeightSum += row.Weight;
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
        WeightSum += source._weights[row];
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

    /// <summary>For each class the number of rows that give it any probability, and the sum of these probabilities by example weights.</summary>
    public (int[] Rows, double[] Masses) CountClasses()
    {
        var rows = new int[TargetSize];
        var masses = new double[TargetSize];
        var target = new float[TargetSize];
        for (var row = 0; row < Count; row++)
        {
            if (_hasClasses)
            {
                rows[_classes[row]]++;
                masses[_classes[row]] += _weights[row];
                continue;
            }

            CopyTarget(row, target);
            for (var k = 0; k < target.Length; k++)
            {
                rows[k] += target[k] > 0 ? 1 : 0;
                masses[k] += (double)target[k] * _weights[row];
            }
        }

        return (rows, masses);
    }

    private ReadOnlySpan<float> Target(int row) => CollectionsMarshal.AsSpan(_targets).Slice(row * TargetSize, TargetSize);
}
