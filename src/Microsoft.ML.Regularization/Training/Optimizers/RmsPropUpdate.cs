using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Computes the steps of <see cref="RmsPropOptimizer"/>.</summary>
internal sealed class RmsPropUpdate : ParameterUpdate
{
    private readonly RmsPropOptimizer _options;

    public RmsPropUpdate(RmsPropOptimizer options, FlatParameters parameters, WeightShrinkage shrinkage)
        : base(parameters, shrinkage, hasMomentum: options.Momentum > 0, hasVariance: true) => _options = options;

    protected override void Update(UpdatedSpans spans, FlatPart part)
    {
        if (Momentum is null)
            Update(spans.Weights, spans.Gradients, spans.Variance, _options, part.LearningRate, (float)part.Shrink);
        else
            Update(spans.Weights, spans.Gradients, spans.Variance, spans.Momentum, _options, part.LearningRate, (float)part.Shrink);
    }

    protected override void UpdateTensors(FlatPart part)
    {
        var (weights, gradients, variance) = (part.Of(Parameters.Weights), part.Of(Parameters.Gradients), part.Of(Variance!));
        if (Momentum is null)
            Update(weights, gradients, variance, _options, part.LearningRate, part.Shrink);
        else
            Update(weights, gradients, variance, part.Of(Momentum), _options, part.LearningRate, part.Shrink);
    }

    protected override StepMetric Metric(double learningRate) => new(learningRate, _options.Momentum, RootScale: 1, _options.Epsilon);

    protected override QuietStep Quiet(double learningRate) => new(learningRate, _options.Momentum, _options.Momentum, _options.Rho);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> variance, RmsPropOptimizer options, double learningRate, float shrink)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var v = MemoryMarshal.Cast<float, Vector<float>>(variance);

        // Subtracted in double precision: 1 - rho in floats is off.
        var (rate, rho, rest, e) = ((float)learningRate, (float)options.Rho, (float)(1 - options.Rho), (float)options.Epsilon);
        var epsilon = new Vector<float>(e);
        for (var i = 0; i < w.Length; i++)
        {
            v[i] = rho * v[i] + rest * (g[i] * g[i]);
            w[i] = w[i] * shrink - rate * g[i] / (Vector.SquareRoot(v[i]) + epsilon);
        }

        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            variance[i] = rho * variance[i] + rest * (gradients[i] * gradients[i]);
            weights[i] = weights[i] * shrink - rate * gradients[i] / (MathF.Sqrt(variance[i]) + e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> variance, Span<float> velocity, RmsPropOptimizer options, double learningRate,
        float shrink)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var v = MemoryMarshal.Cast<float, Vector<float>>(variance);
        var m = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        var (rate, rho, rest, e) = ((float)learningRate, (float)options.Rho, (float)(1 - options.Rho), (float)options.Epsilon);
        var momentum = (float)options.Momentum;
        var epsilon = new Vector<float>(e);
        for (var i = 0; i < w.Length; i++)
        {
            v[i] = rho * v[i] + rest * (g[i] * g[i]);
            m[i] = momentum * m[i] + g[i] / (Vector.SquareRoot(v[i]) + epsilon);
            w[i] = w[i] * shrink - rate * m[i];
        }

        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            variance[i] = rho * variance[i] + rest * (gradients[i] * gradients[i]);
            velocity[i] = momentum * velocity[i] + gradients[i] / (MathF.Sqrt(variance[i]) + e);
            weights[i] = weights[i] * shrink - rate * velocity[i];
        }
    }

    internal static void Update(Tensor weights, Tensor gradients, Tensor variance, RmsPropOptimizer options, double learningRate, double shrink)
    {
        variance.Multiply(options.Rho).AddProduct(gradients, gradients, 1 - options.Rho);
        weights.Multiply(shrink).AddQuotient(gradients, variance.sqrt().Add(options.Epsilon), -learningRate);
    }

    internal static void Update(
        Tensor weights, Tensor gradients, Tensor variance, Tensor velocity, RmsPropOptimizer options, double learningRate, double shrink)
    {
        variance.Multiply(options.Rho).AddProduct(gradients, gradients, 1 - options.Rho);
        velocity.Multiply(options.Momentum).AddQuotient(gradients, variance.sqrt().Add(options.Epsilon), 1);
        weights.Multiply(shrink).Add(velocity, -learningRate);
    }
}
