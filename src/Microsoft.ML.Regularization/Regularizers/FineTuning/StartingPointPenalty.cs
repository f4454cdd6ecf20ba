using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// L2-SP, <see cref="FineTuning.StartingPointPenalty"/>: pulls the matrices of the body towards the values that they have when it is made, or all weights where none is new; and the matrices of the head
/// towards 0.
/// </summary>
internal sealed class StartingPointPenalty : IPenaltyGradient, IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly List<(int First, int Length, double Strength, Tensor? Start)> _pulls = [];

    /// <param name="tuning">How strong it is.</param>
    /// <param name="parameters">The parameters, at their starting point.</param>
    /// <param name="isHeadNew">Whether the head's weights are random.</param>
    public StartingPointPenalty(FineTuning tuning, FlatParameters parameters, bool isHeadNew = true)
    {
        _parameters = parameters;
        using var _ = no_grad();
        if (!isHeadNew)
            Pull(0, parameters.Weights.numel(), tuning.StartingPointPenalty, isToStart: true);
        foreach (var matrix in parameters.Matrices)
        {
            if (BodyLayers.IsHead(matrix.Name))
                Pull(matrix.Start, matrix.Length, tuning.HeadPenalty, isToStart: false);
            else if (isHeadNew)
                Pull(matrix.Start, matrix.Length, tuning.StartingPointPenalty, isToStart: true);
        }
    }

    /// <summary>Adds the penalty's gradient, <c>strength (w - w0)</c>, to the loss's.</summary>
    public void AddGradient()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (first, length, strength, start) in _pulls)
        {
            if (_parameters.UsesSpans)
            {
                AddGradient(
                    _parameters.WeightSpan.Slice(first, length), start is null ? [] : FlatParameters.SpanOf(start), _parameters.GradientSpan.Slice(first, length), (float)strength);
                continue;
            }

            var weights = _parameters.Weights.narrow(0, first, length);
            _parameters.Gradients.narrow(0, first, length).Add(start is null ? weights : weights - start, strength);
        }
    }

    public void Dispose() => _pulls.ForEach(pull => pull.Start?.Dispose());

    private void Pull(long first, long length, double strength, bool isToStart)
    {
        if (strength > 0)
            _pulls.Add(((int)first, (int)length, strength, isToStart ? _parameters.Weights.narrow(0, first, length).clone().DetachFromDisposeScope() : null));
    }

    internal static void AddGradient(ReadOnlySpan<float> weights, ReadOnlySpan<float> start, Span<float> gradients, float strength)
    {
        if (start.IsEmpty)
        {
            TensorPrimitives.MultiplyAdd(weights, strength, gradients, gradients);
            return;
        }

        // A few at a time, so that their differences stay in the cache.
        Span<float> differences = stackalloc float[1024];
        for (var first = 0; first < weights.Length; first += differences.Length)
        {
            var part = differences[..Math.Min(differences.Length, weights.Length - first)];
            TensorPrimitives.Subtract(weights.Slice(first, part.Length), start.Slice(first, part.Length), part);
            TensorPrimitives.MultiplyAdd(part, strength, gradients.Slice(first, part.Length), gradients.Slice(first, part.Length));
        }
    }
}
