using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Computes the steps of <see cref="AdamOptimizer"/>.</summary>
internal sealed class AdamUpdate : ParameterUpdate
{
    private readonly AdamOptimizer _options;
    private Coefficients _coefficients;

    public AdamUpdate(AdamOptimizer options, FlatParameters parameters, WeightShrinkage shrinkage)
        : base(parameters, shrinkage, hasMomentum: true, hasVariance: true) => _options = options;

    /// <summary>Whether a weight without gradient moves less from step to step, as its momentum fades faster than its variance.</summary>
    public static bool MomentumFades(AdamOptimizer options) => options.Beta1 < options.Beta2;

    protected override void BeginStep(double learningRate) => _coefficients = new Coefficients(_options, learningRate, StepNumber);

    protected override void Update(UpdatedSpans spans, FlatPart part) =>
        Update(spans.Weights, spans.Gradients, spans.Momentum, spans.Variance, _coefficients.At(part), (float)part.Shrink);

    protected override void UpdateTensors(FlatPart part) => Update(
        part.Of(Parameters.Weights), part.Of(Parameters.Gradients), part.Of(Momentum!), part.Of(Variance!), _coefficients.At(part), part.Shrink);

    protected override StepMetric Metric(double learningRate) =>
        new(learningRate, Momentum: 0, _coefficients.RootScale, _options.Epsilon);

    protected override QuietStep Quiet(double learningRate) => new(
        _coefficients.StepSize / _coefficients.RootScale,
        _options.Beta1 / Math.Sqrt(_options.Beta2),
        _options.Beta1,
        _options.Beta2,
        _options.Epsilon / _coefficients.RootScale);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

        public double StepSize { get; private init; } = learningRate / (1 - Math.Pow(options.Beta1, step));

        /// <summary>Those of parameters that learn at a part of the rate, or have learned for fewer steps, whose moments began later.</summary>
        public Coefficients At(FlatPart part)
        {
            var own = part.Steps == 0 || part.Steps == step ? this : new Coefficients(options, learningRate, part.Steps);
            return own with { StepSize = own.StepSize * part.Rate };
        }

        public double RootScale { get; } = 1 / Math.Sqrt(1 - Math.Pow(options.Beta2, step));
    }
}
