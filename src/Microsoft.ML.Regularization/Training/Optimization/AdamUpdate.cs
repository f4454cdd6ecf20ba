using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="AdamOptimizer"/>.</summary>
internal sealed class AdamUpdate : ParameterUpdate
{
    private readonly AdamOptimizer _options;
    private readonly Tensor _mean;
    private readonly Tensor _variance;

    public AdamUpdate(AdamOptimizer options, FlatParameters parameters, RegularizationRecipe recipe)
        : base(parameters, recipe)
    {
        _options = options;
        _mean = Remember();
        _variance = Remember();
    }

    protected override void UpdateSpans(FlatPart part)
    {
        var coefficients = new Coefficients(_options, part.LearningRate, StepNumber);
        var weights = part.SpanOf(Parameters.Weights);
        var variance = part.SpanOf(_variance);
        Update(weights, part.SpanOf(Parameters.Gradients), part.SpanOf(_mean), variance, coefficients, (float)part.Shrink);
        if (part.L1 > 0)
            L1Penalty.Shrink(weights, variance, part.LearningRate * part.L1, coefficients.RootScale, _options.Epsilon);
    }

    protected override void UpdateTensors(FlatPart part)
    {
        var coefficients = new Coefficients(_options, part.LearningRate, StepNumber);
        var (weights, variance) = (part.Of(Parameters.Weights), part.Of(_variance));
        Update(weights, part.Of(Parameters.Gradients), part.Of(_mean), variance, coefficients, part.Shrink);
        if (part.L1 > 0)
            L1Penalty.Shrink(weights, variance, part.LearningRate * part.L1, coefficients.RootScale, _options.Epsilon);
    }

    internal static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> mean, Span<float> variance, Coefficients coefficients, float shrink)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var m = MemoryMarshal.Cast<float, Vector<float>>(mean);
        var v = MemoryMarshal.Cast<float, Vector<float>>(variance);
        var (step, root) = ((float)coefficients.StepSize, (float)coefficients.RootScale);
        var (beta1, beta2) = ((float)coefficients.Beta1, (float)coefficients.Beta2);

        // Subtracted in double precision: 1 - beta2 in floats is off by 1e-5 of itself.
        var (rest1, rest2) = ((float)(1 - coefficients.Beta1), (float)(1 - coefficients.Beta2));
        var e = (float)coefficients.Epsilon;
        var epsilon = new Vector<float>(e);
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
            weights[i] = weights[i] * shrink - step * mean[i] / (MathF.Sqrt(variance[i]) * root + e);
        }
    }

    internal static void Update(Tensor weights, Tensor gradients, Tensor mean, Tensor variance, Coefficients coefficients, double shrink)
    {
        mean.Multiply(coefficients.Beta1).Add(gradients, 1 - coefficients.Beta1);
        variance.Multiply(coefficients.Beta2).AddProduct(gradients, gradients, 1 - coefficients.Beta2);
        weights.Multiply(shrink).AddQuotient(mean, variance.sqrt().Multiply(coefficients.RootScale).Add(coefficients.Epsilon), -coefficients.StepSize);
    }

    /// <summary>The bias corrections of step t, from 1: <c>lr / (1 - beta1^t)</c> for the step and <c>1 / sqrt(1 - beta2^t)</c> for the root.</summary>
    internal readonly struct Coefficients(AdamOptimizer options, double learningRate, int step)
    {
        public double Beta1 { get; } = options.Beta1;

        public double Beta2 { get; } = options.Beta2;

        public double Epsilon { get; } = options.Epsilon;

        public double StepSize { get; } = learningRate / (1 - Math.Pow(options.Beta1, step));

        public double RootScale { get; } = 1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step));
    }
}
