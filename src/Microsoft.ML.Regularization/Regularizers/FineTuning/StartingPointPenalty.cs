using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// L2-SP, <see cref="FineTuning.StartingPointPenalty"/>: pulls the matrices of the body towards the values that they have when it is made, and those of the head
/// towards 0.
/// </summary>
internal sealed class StartingPointPenalty : IPenaltyGradient, IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly List<(MatrixRange Matrix, double Strength, Tensor? Start)> _pulls = [];

    /// <param name="tuning">How strong it is.</param>
    /// <param name="parameters">The parameters, at their starting point.</param>
    public StartingPointPenalty(FineTuning tuning, FlatParameters parameters)
    {
        _parameters = parameters;
        using var _ = no_grad();
        foreach (var matrix in parameters.Matrices)
        {
            var isHead = BodyLayers.IsHead(matrix.Name);
            var strength = isHead ? tuning.HeadPenalty : tuning.StartingPointPenalty;
            if (strength > 0)
                _pulls.Add((matrix, strength, isHead ? null : matrix.In(parameters.Weights).clone().DetachFromDisposeScope()));
        }
    }

    /// <summary>Adds the penalty's gradient, <c>strength (w - w0)</c>, to the loss's.</summary>
    public void AddGradient()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (matrix, strength, start) in _pulls)
        {
            if (_parameters.UsesSpans)
                AddGradient(matrix.In(_parameters.WeightSpan), start is null ? [] : FlatParameters.SpanOf(start), matrix.In(_parameters.GradientSpan), (float)strength);
            else
                matrix.In(_parameters.Gradients).Add(start is null ? matrix.In(_parameters.Weights) : matrix.In(_parameters.Weights) - start, strength);
        }
    }

    public void Dispose() => _pulls.ForEach(pull => pull.Start?.Dispose());

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
