using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// The gradient of <see cref="SharpnessAwareMinimization"/>. The loss is that at the weights themselves, which are restored afterwards, bit for bit.
/// </summary>
internal sealed class SharpnessAwareGradient(ILossGradient inner, ILossPasses passes, FlatParameters parameters, SharpnessAwareMinimization options)
    : ILossGradient, IDisposable
{
    public double Add(TrainingBatch batch)
    {
        var loss = inner.Add(batch);
        var norm = GradientNorm.Of(parameters);

        // At a gradient of 0 there is no way up; one that is not finite ends the run.
        if (norm == 0 || !double.IsFinite(norm))
            return loss;

        using var scope = NewDisposeScope();
        var weights = parameters.Weights.clone();
        Climb(options.Rho / norm);
        parameters.ClearGradients();
        using (passes.FreezeStatistics())
            inner.Add(batch);

        using var _ = no_grad();
        parameters.Weights.copy_(weights);
        return loss;
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private void Climb(double scale)
    {
        if (parameters.UsesSpans)
        {
            Climb(parameters.WeightSpan, parameters.GradientSpan, scale);
            return;
        }

        using var _ = no_grad();
        Climb(parameters.Weights, parameters.Gradients, scale);
    }

    internal static void Climb(Span<float> weights, ReadOnlySpan<float> gradients, double scale) =>
        TensorPrimitives.MultiplyAdd(gradients, (float)scale, weights, weights);

    internal static void Climb(Tensor weights, Tensor gradients, double scale) => weights.Add(gradients, scale);
}
