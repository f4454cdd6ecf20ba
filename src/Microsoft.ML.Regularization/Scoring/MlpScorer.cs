using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Scores a multilayer perceptron in managed SIMD code, without libtorch. Batch normalization is folded into the linear layer before it. After training
/// with <see cref="DropConnectInference.MomentMatched"/> each hidden unit has a variance beside its mean, until its activation.
/// </summary>
internal sealed class MlpScorer : INetworkScorer
{
    private const float Epsilon = 1e-5f;

    private readonly Layer[] _layers;
    private readonly Activation _activation;
    private readonly int _widest;

    /// <param name="context">For errors.</param>
    /// <param name="architecture">The network's shape.</param>
    /// <param name="inputs">Features.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="dropout">The noise that it was trained with, where that has to do with scoring.</param>
    public MlpScorer(
        IExceptionContext context, MlpArchitecture architecture, int inputs, int outputs, NetworkWeights weights, DropoutKind? dropout = null)
    {
        _activation = architecture.Activation;
        var width = inputs;
        var layers = new List<Layer>();
        for (var i = 0; i < architecture.HiddenSizes.Length; i++)
        {
            var hidden = ReadHidden($"hidden.{i}", width, architecture.HiddenSizes[i]);
            layers.Add(dropout is DropConnect { Inference: DropConnectInference.MomentMatched } dropConnect ? hidden.WithVariance(dropConnect.MaskVariance) : hidden);
            width = architecture.HiddenSizes[i];
        }

        layers.Add(ReadLinear("output", width, outputs));
        _layers = [.. layers];
        _widest = layers.Max(layer => layer.Bias.Length);

        Layer ReadHidden(string name, int layerInputs, int layerOutputs)
        {
            var linear = ReadLinear(name + ".linear", layerInputs, layerOutputs);
            if (architecture.Normalization == Normalization.None)
                return linear;

            var scale = Read(name + ".norm.weight", layerOutputs);
            var shift = Read(name + ".norm.bias", layerOutputs);
            if (architecture.Normalization == Normalization.Layer)
                return linear with { NormScale = scale, NormShift = shift };

            return Fold(linear, scale, shift, Read(name + ".norm.running_mean", layerOutputs), Read(name + ".norm.running_var", layerOutputs));
        }

        Layer ReadLinear(string name, int layerInputs, int layerOutputs) =>
            new(Read(name + ".weight", layerOutputs, layerInputs), Read(name + ".bias", layerOutputs));

        float[] Read(string name, params long[] shape) => weights.Read(context, name, shape);
    }

    public void Score(ReadOnlySpan<float> features, Span<float> outputs)
    {
        var rented = ArrayPool<float>.Shared.Rent(2 * _widest);
        var input = features;
        for (var i = 0; i < _layers.Length - 1; i++)
        {
            // Layers write to the two halves of the buffer in turn, so that none reads what it writes.
            var output = rented.AsSpan(i % 2 * _widest, _layers[i].Bias.Length);
            _layers[i].Apply(input, output, _activation);
            input = output;
        }

        _layers[^1].Apply(input, outputs);
        ArrayPool<float>.Shared.Return(rented);
    }

    // W' = W s / sigma and b' = (b - mean) s / sigma + shift give the normalized output at once.
    private static Layer Fold(Layer linear, float[] scale, float[] shift, float[] mean, float[] variance)
    {
        var inputs = linear.Weight.Length / linear.Bias.Length;
        for (var unit = 0; unit < linear.Bias.Length; unit++)
        {
            var factor = scale[unit] / MathF.Sqrt(variance[unit] + Epsilon);
            var row = linear.Weight.AsSpan(unit * inputs, inputs);
            TensorPrimitives.Multiply(row, factor, row);
            linear.Bias[unit] = (linear.Bias[unit] - mean[unit]) * factor + shift[unit];
        }

        return linear;
    }

    /// <summary>A linear layer, <see cref="Weight"/> (out, in) and <see cref="Bias"/> (out), and layer normalization where it has one.</summary>
    private sealed record Layer(float[] Weight, float[] Bias)
    {
        public float[]? NormScale { get; init; }

        public float[]? NormShift { get; init; }

        /// <summary>The variance of each weight under its mask, which makes <see cref="Weight"/> means; null where weights are not random.</summary>
        public float[]? WeightVariance { get; init; }

        public Layer WithVariance(double maskVariance)
        {
            var variance = new float[Weight.Length];
            TensorPrimitives.Multiply(Weight, Weight, variance);
            TensorPrimitives.Multiply(variance, (float)maskVariance, variance);
            return this with { WeightVariance = variance };
        }

        public void Apply(ReadOnlySpan<float> input, Span<float> output, Activation activation)
        {
            if (WeightVariance is null)
            {
                Apply(input, output);
                ActivationFunction.Apply(activation, output);
                return;
            }

            var rented = ArrayPool<float>.Shared.Rent(input.Length + output.Length);
            var squares = rented.AsSpan(0, input.Length);
            var variances = rented.AsSpan(input.Length, output.Length);
            TensorPrimitives.Multiply(input, input, squares);
            for (var unit = 0; unit < output.Length; unit++)
            {
                output[unit] = TensorPrimitives.Dot(input, Weight.AsSpan(unit * input.Length, input.Length)) + Bias[unit];
                variances[unit] = TensorPrimitives.Dot(squares, WeightVariance.AsSpan(unit * input.Length, input.Length));
            }

            if (NormScale is not null)
                NormalizeRow(output, variances);
            NormalExpectation.Apply(activation, output, variances);
            ArrayPool<float>.Shared.Return(rented);
        }

        public void Apply(ReadOnlySpan<float> input, Span<float> output)
        {
            for (var unit = 0; unit < output.Length; unit++)
                output[unit] = TensorPrimitives.Dot(input, Weight.AsSpan(unit * input.Length, input.Length)) + Bias[unit];
            if (NormScale is not null)
                NormalizeRow(output);
        }

        // The row's variance is its expectation, and the row's mean takes its part of each unit's noise away.
        private void NormalizeRow(Span<float> means, Span<float> variances)
        {
            var share = 1f / means.Length;
            var mean = TensorPrimitives.Sum<float>(means) * share;
            var meanVariance = TensorPrimitives.Sum<float>(variances) * share;
            TensorPrimitives.Subtract(means, mean, means);
            var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(means) * share + meanVariance * (1 - share) + Epsilon);
            TensorPrimitives.Divide(means, deviation, means);
            TensorPrimitives.MultiplyAdd(means, NormScale, NormShift, means);

            TensorPrimitives.Multiply(variances, 1 - 2 * share, variances);
            TensorPrimitives.Add(variances, meanVariance * share, variances);
            TensorPrimitives.Divide(variances, deviation, variances);
            TensorPrimitives.Divide(variances, deviation, variances);
            TensorPrimitives.Multiply(variances, NormScale, variances);
            TensorPrimitives.Multiply(variances, NormScale, variances);
        }

        private void NormalizeRow(Span<float> row)
        {
            var mean = TensorPrimitives.Sum<float>(row) / row.Length;
            TensorPrimitives.Subtract(row, mean, row);
            var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(row) / row.Length + Epsilon);
            TensorPrimitives.Divide(row, deviation, row);
            TensorPrimitives.MultiplyAdd(row, NormScale, NormShift, row);
        }
    }
}
