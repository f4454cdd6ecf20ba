using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A trained linear layer in managed SIMD code, and what follows it: normalization, activation, noise.</summary>
internal sealed class ScoringLayer
{
    private readonly float[] _bias;
    private NormalizationFunction? _normalization;

    private ScoringLayer(string name, float[] weight, float[] bias)
    {
        Name = name;
        Weight = weight;
        _bias = bias;
    }

    /// <summary>The linear layer's name among the network's tensors, such as <c>hidden.0.linear</c>.</summary>
    public string Name { get; }

    /// <summary>(out, in), times <see cref="Fold"/> by row.</summary>
    public float[] Weight { get; }

    /// <summary>By which factor a normalization has changed the weights of each unit; null for none that has.</summary>
    public float[]? Fold { get; private set; }

    public int Outputs => _bias.Length;

    /// <summary>Null for none.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Its place among the layers that the recipe's dropout follows; -1 for none of them.</summary>
    public int NoiseIndex { get; init; } = -1;

    public static ScoringLayer Read(
        IExceptionContext context, NetworkWeights weights, string name, int inputs, int outputs, Activation? activation = null, int noiseIndex = -1) =>
        new(name, weights.Read(context, name + ".weight", outputs, inputs), weights.Read(context, name + ".bias", outputs))
        {
            Activation = activation,
            NoiseIndex = noiseIndex,
        };

    /// <summary>Puts a normalization between the linear layer and the activation: an affine one into the weights.</summary>
    public void Normalize(NormalizationFunction? normalization)
    {
        if (normalization is not { IsAffine: true })
        {
            _normalization = normalization;
            return;
        }

        // W' = W scale and b' = b scale + shift give the normalized output at once.
        Fold = normalization.Scale;
        var inputs = Weight.Length / Outputs;
        for (var unit = 0; unit < Outputs; unit++)
        {
            var row = Weight.AsSpan(unit * inputs, inputs);
            TensorPrimitives.Multiply(row, Fold[unit], row);
            _bias[unit] = _bias[unit] * Fold[unit] + normalization.Shift[unit];
        }
    }

    /// <param name="input">One value for each input.</param>
    /// <param name="output">Receives one value for each output; another memory than the input's.</param>
    /// <param name="noise">Null for none.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, NetworkNoise? noise)
    {
        var own = NoiseIndex < 0 ? null : noise?.Layers[NoiseIndex];
        for (var unit = 0; unit < output.Length; unit++)
            output[unit] = TensorPrimitives.Dot(input, Weight.AsSpan(unit * input.Length, input.Length)) + _bias[unit];
        own?.ChangeSums(input, output);
        _normalization?.Apply(output, output);
        if (Activation is { } activation)
            ActivationFunction.Apply(activation, output);
        own?.ChangeUnits(output);
    }
}
