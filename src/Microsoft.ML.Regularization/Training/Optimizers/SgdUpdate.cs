using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Computes the steps of <see cref="SgdOptimizer"/>.</summary>
internal sealed class SgdUpdate : ParameterUpdate
{
    private readonly SgdOptimizer _options;

    public SgdUpdate(SgdOptimizer options, FlatParameters parameters, WeightShrinkage shrinkage)
        : base(parameters, shrinkage, hasMomentum: options.Momentum > 0, hasVariance: false) => _options = options;

    protected override void Update(UpdatedSpans spans, FlatPart part)
    {
        if (Momentum is null)
            Update(spans.Weights, spans.Gradients, part.LearningRate, (float)part.Shrink);
        else
            Update(spans.Weights, spans.Gradients, spans.Momentum, _options, part.LearningRate, (float)part.Shrink);
    }

    protected override void UpdateTensors(FlatPart part)
    {
        var weights = part.Of(Parameters.Weights);
        var gradients = part.Of(Parameters.Gradients);
        if (Momentum is null)
            Update(weights, gradients, part.LearningRate, part.Shrink);
        else
            Update(weights, gradients, part.Of(Momentum), _options, part.LearningRate, part.Shrink);
    }

    // Momentum adds up steps: without it a penalty would weigh less than the loss.
    protected override StepMetric Metric(double learningRate) => new(learningRate, _options.Momentum);

    protected override QuietStep Quiet(double learningRate) =>
        new(_options.Nesterov ? learningRate * _options.Momentum : learningRate, _options.Momentum, _options.Momentum, VarianceDecay: 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Update(Span<float> weights, ReadOnlySpan<float> gradients, double learningRate, float shrink)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var rate = (float)learningRate;
        for (var i = 0; i < w.Length; i++)
            w[i] = w[i] * shrink - rate * g[i];
        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
            weights[i] = weights[i] * shrink - rate * gradients[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocity, SgdOptimizer options, double learningRate, float shrink)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var m = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        var momentum = (float)options.Momentum;

        // One loop for both: the step is all velocity, or Nesterov's share of it and the gradient.
        var ofVelocity = (float)(options.Nesterov ? learningRate * options.Momentum : learningRate);
        var ofGradient = (float)(options.Nesterov ? learningRate : 0);
        for (var i = 0; i < w.Length; i++)
        {
            m[i] = momentum * m[i] + g[i];
            w[i] = w[i] * shrink - (ofVelocity * m[i] + ofGradient * g[i]);
        }

        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            velocity[i] = momentum * velocity[i] + gradients[i];
            weights[i] = weights[i] * shrink - (ofVelocity * velocity[i] + ofGradient * gradients[i]);
        }
    }

    internal static void Update(Tensor weights, Tensor gradients, double learningRate, double shrink) =>
        weights.Multiply(shrink).Add(gradients, -learningRate);

    internal static void Update(Tensor weights, Tensor gradients, Tensor velocity, SgdOptimizer options, double learningRate, double shrink)
    {
        velocity.Multiply(options.Momentum).Add(gradients);
        if (options.Nesterov)
            weights.Multiply(shrink).Add(velocity, -learningRate * options.Momentum).Add(gradients, -learningRate);
        else
            weights.Multiply(shrink).Add(velocity, -learningRate);
    }
}
