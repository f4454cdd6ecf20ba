using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="RegularizationRecipe.L2"/>.</summary>
internal static class L2Penalty
{
    /// <summary>Adds the penalty's gradient, <c>lambda w</c>, to the loss's.</summary>
    public static void AddGradient(FlatParameters parameters, double lambda)
    {
        if (lambda == 0)
            return;

        if (parameters.UsesSpans)
        {
            var length = (int)parameters.DecayedLength;
            AddGradient(parameters.WeightSpan[..length], parameters.GradientSpan[..length], lambda);
            return;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        AddGradient(parameters.Weights.narrow(0, 0, parameters.DecayedLength), parameters.Gradients.narrow(0, 0, parameters.DecayedLength), lambda);
    }

    internal static void AddGradient(ReadOnlySpan<float> weights, Span<float> gradients, double lambda) =>
        TensorPrimitives.MultiplyAdd(weights, (float)lambda, gradients, gradients);

    internal static void AddGradient(Tensor weights, Tensor gradients, double lambda) => gradients.Add(weights, lambda);
}
