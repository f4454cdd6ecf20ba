using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Rows in memory: contiguous features, labels as classes where they are hard and as distributions where they are soft.</summary>
internal sealed class RowTable(int featureCount, int classCount)
{
    private readonly List<float> _features = [];
    private readonly List<float> _distributions = [];
    private readonly List<int> _classes = [];
    private readonly List<float> _weights = [];
    private bool _isSoft;

    public int FeatureCount { get; } = featureCount;

    public int ClassCount { get; } = classCount;

    public int Count => _weights.Count;

    public double WeightSum { get; private set; }

    /// <summary>Empties the table and keeps its memory.</summary>
    public void Clear()
    {
        _features.Clear();
        _distributions.Clear();
        _classes.Clear();
        _weights.Clear();
        WeightSum = 0;
    }

    /// <exception cref="InvalidOperationException">The rows do not fit into one array.</exception>
    public void Add(RowReader row)
    {
        var widest = Math.Max(FeatureCount, row.IsSoft ? ClassCount : 1);
        if ((Count + 1L) * widest > Array.MaxLength)
            throw Contracts.Except($"The training rows do not fit into memory: more than {Count} rows of {widest} numbers. Train on fewer rows or features.");

        _features.AddRange(row.Features);
        _isSoft = row.IsSoft;
        if (_isSoft)
            _distributions.AddRange(row.Distribution);
        else
            _classes.Add(row.Class);
        _weights.Add(row.Weight);
        WeightSum += row.Weight;
    }

    public void Add(RowTable source, int row)
    {
        _features.AddRange(source.Features(row));
        _isSoft = source._isSoft;
        if (_isSoft)
            _distributions.AddRange(source.Distribution(row));
        else
            _classes.Add(source._classes[row]);
        _weights.Add(source._weights[row]);
        WeightSum += source._weights[row];
    }

    public ReadOnlySpan<float> Features(int row) => CollectionsMarshal.AsSpan(_features).Slice(row * FeatureCount, FeatureCount);

    public float Weight(int row) => _weights[row];

    /// <summary>Writes the row's distribution over the classes.</summary>
    public void CopyTarget(int row, Span<float> target)
    {
        if (_isSoft)
        {
            Distribution(row).CopyTo(target);
            return;
        }

        target.Clear();
        target[_classes[row]] = 1;
    }

    /// <summary>The class of the row, or its most probable one.</summary>
    public int MostProbableClass(int row) =>
        _isSoft ? TensorPrimitives.IndexOfMax(Distribution(row)) : _classes[row];

    /// <summary>For each class the number of rows that give it any probability.</summary>
    public int[] CountClasses()
    {
        var counts = new int[ClassCount];
        for (var row = 0; row < Count; row++)
        {
            if (!_isSoft)
            {
                counts[_classes[row]]++;
                continue;
            }

            var distribution = Distribution(row);
            for (var k = 0; k < distribution.Length; k++)
                counts[k] += distribution[k] > 0 ? 1 : 0;
        }

        return counts;
    }

    private ReadOnlySpan<float> Distribution(int row) => CollectionsMarshal.AsSpan(_distributions).Slice(row * ClassCount, ClassCount);
}
