using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, algorithm 2). Decay shrinks the
/// weights by <c>1 - learningRate * weightDecay</c> beside the gradient step and never enters the moments.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly FlatParameters _parameters;
    private readonly double _weightDecay;
    private readonly double _l1;
    private readonly Tensor _mean;
    private readonly Tensor _variance;
    private int _step;

    public AdamW(FlatParameters parameters, double weightDecay, double l1 = 0)
    {
        _parameters = parameters;
        _weightDecay = weightDecay;
        _l1 = l1;
        _mean = zeros_like(parameters.Weights).DetachFromDisposeScope();
        _variance = zeros_like(parameters.Weights).DetachFromDisposeScope();
    }

    public void Step(double learningRate)
    {
        var decayed = _parameters.DecayedLength;
        var rest = _parameters.Weights.numel() - decayed;
        var coefficients = new Coefficients(learningRate, ++_step);
        var shrink = 1 - learningRate * _weightDecay;
        StepPart(0, decayed, coefficients, shrink, learningRate * _l1);
        StepPart(decayed, rest, coefficients, shrink: 1, l1Scale: 0);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _variance.Dispose();
    }

    private void StepPart(long start, long length, Coefficients coefficients, double shrink, double l1Scale)
    {
        if (length == 0)
            return;

        if (_parameters.UsesSpans)
        {
            var (from, count) = ((int)start, (int)length);
            var weights = _parameters.WeightSpan.Slice(from, count);
            var variance = FlatParameters.SpanOf(_variance).Slice(from, count);
            Update(
                weights, _parameters.GradientSpan.Slice(from, count), FlatParameters.SpanOf(_mean).Slice(from, count), variance, coefficients, (float)shrink);
            if (l1Scale > 0)
                L1Penalty.Shrink(weights, variance, l1Scale, coefficients.RootScale, Epsilon);
            return;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var weightPart = _parameters.Weights.narrow(0, start, length);
        var variancePart = _variance.narrow(0, start, length);
        Update(weightPart, _parameters.Gradients.narrow(0, start, length), _mean.narrow(0, start, length), variancePart, coefficients, shrink);
        if (l1Scale > 0)
            L1Penalty.Shrink(weightPart, variancePart, l1Scale, coefficients.RootScale, Epsilon);
    }

    /// <summary>One step in one pass over the four spans.</summary>
    internal static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> variance, Coefficients coefficients, float shrink)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var m = MemoryMarshal.Cast<float, Vector<float>>(mean);
        var v = MemoryMarshal.Cast<float, Vector<float>>(variance);
        var (step, root, beta1, beta2) = ((float)coefficients.StepSize, (float)coefficients.RootScale, (float)Beta1, (float)Beta2);

        // Subtracted in double precision: 1 - beta2 in floats is off by 1e-5 of itself.
        var (rest1, rest2) = ((float)(1 - Beta1), (float)(1 - Beta2));
        var epsilon = new Vector<float>((float)Epsilon);
        for (var i = 0; i < w.Length; i++)
        {
            m[i] = beta1 * m[i] + rest1 * g[i];
            v[i] = beta2 * v[i] + rest2 * (g[i] * g[i]);
            w[i] = w[i] * shrink - step * m[i] / (Vector.SquareRoot(v[i]) * root + epsilon);
        }

        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            mean[i] = beta1 * mean[i] + rest1 * gradients[i];
            variance[i] = beta2 * variance[i] + rest2 * (gradients[i] * gradients[i]);
            weights[i] = weights[i] * shrink - step * mean[i] / (MathF.Sqrt(variance[i]) * root + (float)Epsilon);
        }
    }

    /// <summary>The same step as a few torch calls, for weights on another device.</summary>
    internal static void Update(Tensor weights, Tensor gradients, Tensor mean, Tensor variance, Coefficients coefficients, double shrink)
    {
        mean.mul_(Beta1).add_(gradients, alpha: 1 - Beta1);
        variance.mul_(Beta2).addcmul_(gradients, gradients, value: 1 - Beta2);
        weights.mul_(shrink).addcdiv_(mean, variance.sqrt().mul_(coefficients.RootScale).add_(Epsilon), value: -coefficients.StepSize);
    }

    /// <summary>The bias corrections of step t, from 1: <c>lr / (1 - beta1^t)</c> for the step and <c>1 / sqrt(1 - beta2^t)</c> for the root.</summary>
    internal readonly struct Coefficients(double learningRate, int step)
    {
        public double StepSize { get; } = learningRate / (1 - Math.Pow(Beta1, step));

        public double RootScale { get; } = 1 / Math.Sqrt(1 - Math.Pow(Beta2, step));
    }
}
