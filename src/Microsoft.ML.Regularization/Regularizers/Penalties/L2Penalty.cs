using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The L2 penalty of <see cref="RegularizationRecipe.L2"/>, which goes through the gradient.</summary>
/// <param name="lambda">Its strength; above 0.</param>
/// <param name="parameters">The parameters to penalize.</param>
internal sealed class L2Penalty(double lambda, FlatParameters parameters) : IPenaltyGradient
{
    /// <summary>Adds the penalty's gradient, <c>lambda w</c>, to the loss's.</summary>
    public void AddGradient()
    {

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
