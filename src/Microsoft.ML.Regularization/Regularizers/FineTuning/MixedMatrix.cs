using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// A matrix w that mixout puts <c>u + m * (w - u)</c> in the place of, where u are the values that it has when this is made, and the mask m is 1 over the probability to keep where an
/// element is kept, else 0: the same as <c>(kept * w + (1 - kept) * u - p * u) / (1 - p)</c>.
/// </summary>
internal sealed class MixedMatrix : IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly MatrixRange _matrix;
    private readonly double _keep;
    private readonly RandomKey _key;
    private readonly Tensor _start;
    private readonly NoiseBuffer _noise = new();
    private Tensor? _mask;

    /// <param name="parameters">Where it is.</param>
    /// <param name="matrix">Which one.</param>
    /// <param name="keep">The probability that an element is kept.</param>
    /// <param name="key">Draws the masks.</param>
    public MixedMatrix(FlatParameters parameters, MatrixRange matrix, double keep, RandomKey key)
    {
        (_parameters, _matrix, _keep, _key) = (parameters, matrix, keep, key);
        using var _ = no_grad();
        _start = In(parameters.Weights).clone().DetachFromDisposeScope();
    }

    /// <summary>Mixes it by the mask of a step.</summary>
    public void Mix(ulong step)
    {
        _mask = _noise.Draw([_matrix.Length], _start.device, noise => BernoulliMask.Fill(noise, _key, step, _keep));
        if (_parameters.UsesSpans)
            Mix(_matrix.In(_parameters.WeightSpan), FlatParameters.SpanOf(_start), FlatParameters.SpanOf(_mask));
        else
            Mix(In(_parameters.Weights), _start, _mask);
    }

    /// <summary>Turns the gradient by the mixed matrix into that by the matrix.</summary>
    public void MaskGradient()
    {
        if (_parameters.UsesSpans)
            TensorPrimitives.Multiply(_matrix.In(_parameters.GradientSpan), FlatParameters.SpanOf(_mask!), _matrix.In(_parameters.GradientSpan));
        else
            In(_parameters.Gradients).mul_(_mask!);
    }

    public void Dispose()
    {
        _start.Dispose();
        _noise.Dispose();
    }

    internal static void Mix(Span<float> weights, ReadOnlySpan<float> start, ReadOnlySpan<float> mask)
    {
        TensorPrimitives.Subtract(weights, start, weights);
        TensorPrimitives.MultiplyAdd(weights, mask, start, weights);
    }

    internal static void Mix(Tensor weights, Tensor start, Tensor mask) => weights.Add(start, -1).mul_(mask).Add(start);

    private Tensor In(Tensor flat) => flat.narrow(0, _matrix.Start, _matrix.Length);
}
