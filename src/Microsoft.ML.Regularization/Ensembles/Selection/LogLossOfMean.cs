using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The cross entropy of the mean probabilities. Of a row with a hard label only the probability of its class matters.</summary>
internal sealed class LogLossOfMean : EnsembleMetric
{
    // As ML.NET's evaluators have it: one row that an ensemble rules out does not decide alone.
    private const float LeastProbability = 1e-15f;

    private readonly int _rows;
    private readonly bool _isBinary;
    private readonly int[] _places;
    private readonly float[] _weights;
    private readonly double _weightSum;

    public LogLossOfMean(RowLabels labels, float[]? classWeights)
    {
        (_rows, _isBinary) = (labels.Count, labels.TargetSize == 2);
        var classes = labels.TargetSize;
        var (places, weights) = (new List<int>(_rows), new List<float>(_rows));
        var total = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var label = labels[row];
            total += label.Weight;
            if (label.Class is { } hardClass)
                Add(row, hardClass, label.Weight);
            for (var k = 0; k < label.Values.Length; k++)
                Add(row, k, label.Weight * label.Values[k]);
        }

        var scale = total > 0 ? (float)(1 / total) : 1;
        (_places, _weights) = ([.. places], [.. weights.Select(weight => weight * scale)]);
        _weightSum = _weights.Sum(weight => (double)weight);

        void Add(int row, int k, float weight)
        {
            if (weight == 0)
                return;
            places.Add(row * classes + k);
            weights.Add(weight * (classWeights?[k] ?? 1));
        }
    }

    public override float[] Reduce(ReadOnlySpan<float> predictions)
    {
        var isTrueAlone = _isBinary && predictions.Length == _rows;
        var reduced = new float[_places.Length];
        for (var i = 0; i < reduced.Length; i++)
        {
            var place = _places[i];
            reduced[i] = !isTrueAlone ? predictions[place] : place % 2 == 1 ? predictions[place / 2] : 1 - predictions[place / 2];
        }

        return reduced;
    }

    public override double Measure(ReadOnlySpan<float> sum, ReadOnlySpan<float> added, int count)
    {
        Span<float> block = stackalloc float[Math.Min(BlockSize, added.Length)];
        var logarithms = 0.0;
        for (var start = 0; start < added.Length; start += block.Length)
        {
            block = block[..Math.Min(block.Length, added.Length - start)];
            TensorPrimitives.Add(sum.Slice(start, block.Length), added.Slice(start, block.Length), block);
            TensorPrimitives.Max(block, LeastProbability * count, block);
            TensorPrimitives.Log(block, block);
            logarithms += TensorPrimitives.Dot<float>(block, _weights.AsSpan(start, block.Length));
        }

        return _weightSum * Math.Log(count) - logarithms;
    }
}
