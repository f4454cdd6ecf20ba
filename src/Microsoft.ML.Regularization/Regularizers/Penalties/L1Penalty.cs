using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// The L1 penalty of <see cref="RegularizationRecipe.L1"/>, solved by a proximal step, which reaches exactly 0 where a gradient would only swing around it
/// (Daubechies, Defrise and De Mol, 2004). The step is taken in the optimizer's own metric: Adam and RMSprop divide each weight's step by the root of its
/// gradient's mean square, and so is the threshold (Yun, Lozano and Yang, "Adaptive proximal gradient methods", 2021). With one threshold for all, the
/// penalty would be negligible compared with the steps that Adam makes large for weights of small gradients. Momentum that adds up steps adds up the
/// threshold too.
/// </summary>
/// <param name="lambda">Its strength; above 0.</param>
internal sealed class L1Penalty(double lambda) : IProximalPenalty
{
    public void Apply(Span<float> weights, ReadOnlySpan<float> variance, StepMetric metric)
    {
        if (variance.IsEmpty)
            Shrink(weights, metric.Of(lambda));
        else
            Shrink(weights, variance, metric.Of(lambda), metric.RootScale, metric.Epsilon);
    }

    public void Apply(Tensor weights, Tensor? variance, StepMetric metric)
    {
        if (variance is null)
            Shrink(weights, metric.Of(lambda));
        else
            Shrink(weights, variance, metric.Of(lambda), metric.RootScale, metric.Epsilon);
    }

    /// <summary>Moves every weight towards 0 by the threshold, and no further than to 0.</summary>
    public static void Shrink(Span<float> weights, double threshold)
    {
        var t = (float)threshold;
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var thresholds = new Vector<float>(t);
        for (var i = 0; i < w.Length; i++)
        {
            var shrunk = Vector.Max(Vector.Abs(w[i]) - thresholds, Vector<float>.Zero);
            w[i] = Vector.ConditionalSelect(Vector.LessThan(w[i], Vector<float>.Zero), -shrunk, shrunk);
        }

        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
            weights[i] = MathF.CopySign(MathF.Max(MathF.Abs(weights[i]) - t, 0), weights[i]);
    }

    /// <summary>The same as a few torch calls, for weights on another device.</summary>
    public static void Shrink(Tensor weights, double threshold) => weights.copy_(weights.sign() * weights.abs().Minus(threshold).AtLeast(0));

    /// <summary>Moves every weight towards 0 by its threshold <c>scale / (sqrt(v) * rootScale + epsilon)</c>, and no further than to 0.</summary>
    public static void Shrink(Span<float> weights, ReadOnlySpan<float> variance, double scale, double rootScale, double epsilon)
    {
        var (s, r, e) = ((float)scale, (float)rootScale, (float)epsilon);
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var v = MemoryMarshal.Cast<float, Vector<float>>(variance);
        for (var i = 0; i < w.Length; i++)
        {
            var threshold = new Vector<float>(s) / (Vector.SquareRoot(v[i]) * r + new Vector<float>(e));
            var shrunk = Vector.Max(Vector.Abs(w[i]) - threshold, Vector<float>.Zero);
            w[i] = Vector.ConditionalSelect(Vector.LessThan(w[i], Vector<float>.Zero), -shrunk, shrunk);
        }

        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            var threshold = s / (MathF.Sqrt(variance[i]) * r + e);
            weights[i] = MathF.CopySign(MathF.Max(MathF.Abs(weights[i]) - threshold, 0), weights[i]);
        }
    }

    /// <summary>The same as a few torch calls, for weights on another device.</summary>
    public static void Shrink(Tensor weights, Tensor variance, double scale, double rootScale, double epsilon)
    {
        var threshold = variance.sqrt().Times(rootScale).Plus(epsilon).reciprocal().Times(scale);
        weights.copy_(weights.sign() * (weights.abs() - threshold).AtLeast(0));
    }
}
