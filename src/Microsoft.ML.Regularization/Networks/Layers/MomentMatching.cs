using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A hidden layer's expected outputs over the masks of <see cref="DropConnect"/>: see <see cref="DropConnectInference.MomentMatched"/>.</summary>
internal static class MomentMatching
{
    /// <summary>Linear, normalization, activation: rows (batch, in) to (batch, out).</summary>
    public static Tensor Forward(IMomentLayer linear, NormalizationLayer? normalization, Activation activation, Tensor input)
    {
        var (mean, variance) = linear.Moments(input);
        if (normalization is not null)
            (mean, variance) = normalization.Moments(mean, variance);
        return Expectation(activation, mean, variance);
    }

    /// <summary>The expectation of the activation of normal numbers.</summary>
    public static Tensor Expectation(Activation activation, Tensor mean, Tensor variance)
    {
        var deviation = variance.sqrt().AtLeast(NormalIntegral.LeastDeviation);
        var zero = -mean / deviation;
        if (activation == Activation.ReLU)
            return (mean * (-zero).Over(Math.Sqrt(2)).erf().Plus(1)).Over(2).Plus(deviation * Density(zero));

        var split = zero.Within(NormalIntegral.Reach);
        var nodes = FloatTensors.Of(NormalIntegral.Nodes, NormalIntegral.Count).to(mean.device);
        var weights = FloatTensors.Of(NormalIntegral.Weights, NormalIntegral.Count).to(mean.device);
        return Panel(split, -NormalIntegral.Reach).Plus(Panel(split, NormalIntegral.Reach));

        Tensor Panel(Tensor inner, double outer)
        {
            var half = inner.Minus(outer).abs().Over(2);
            var points = inner.Plus(outer).Over(2).unsqueeze(-1).Plus(half.unsqueeze(-1) * nodes);
            var values = ActivationLayer.Apply(activation, mean.unsqueeze(-1).Plus(deviation.unsqueeze(-1) * points)) * Density(points);
            return (values * weights).sum(-1) * half;
        }
    }

    private static Tensor Density(Tensor points) => points.Squared().Over(-2).exp().Over(Math.Sqrt(2 * Math.PI));
}
