using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Scores a multilayer perceptron in managed SIMD code, without libtorch. Batch normalization is folded into the linear layer before it.
/// </summary>
internal sealed class MlpScorer : INetworkScorer
{
    private const float Epsilon = 1e-5f;

    private readonly Layer[] _layers;
    private readonly Activation _activation;
    private readonly int _widest;

    public MlpScorer(IExceptionContext context, MlpArchitecture architecture, int inputs, int outputs, NetworkWeights weights)
    {
        _activation = architecture.Activation;
        var width = inputs;
        var layers = new List<Layer>();
        for (var i = 0; i < architecture.HiddenSizes.Length; i++)
        {
            layers.Add(ReadHidden($"hidden.{i}", width, architecture.HiddenSizes[i]));
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
            _layers[i].Apply(input, output);
            ActivationFunction.Apply(_activation, output);
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

        public void Apply(ReadOnlySpan<float> input, Span<float> output)
        {
            for (var unit = 0; unit < output.Length; unit++)
                output[unit] = TensorPrimitives.Dot(input, Weight.AsSpan(unit * input.Length, input.Length)) + Bias[unit];
            if (NormScale is not null)
                NormalizeRow(output);
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
