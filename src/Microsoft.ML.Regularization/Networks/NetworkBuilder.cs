using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Makes the layers of one network. Initial weights and noise are drawn from streams keyed by seed and layer; libtorch's global generator is
/// neither read nor moved.
/// </summary>
internal sealed class NetworkBuilder(RegularizationRecipe recipe, RandomKey key)
{
    private ulong _layers;
    private ulong _noises;

    public TrainingClock Clock { get; } = new();

    /// <summary>
    /// A linear layer with zero biases and uniform weights of variance <c>gain^2 / inputs</c>, which keeps the scale of the signal when the
    /// gain undoes the activation's (He, Zhang, Ren and Sun, 2015).
    /// </summary>
    public DenseLayer Dense(int inputs, int outputs, double gain)
    {
        var random = new KeyedStream(key.Derive("initial weights"), _layers++);
        var bound = gain * Math.Sqrt(3.0 / inputs);
        var weights = new float[(long)inputs * outputs];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)((2 * random.NextDouble() - 1) * bound);
        return new DenseLayer(FloatTensors.Of(weights, outputs, inputs), FloatTensors.Zeros(outputs));
    }

    public static nn.Module<Tensor, Tensor>? Normalize(Normalization normalization, int units) => normalization switch
    {
        Normalization.None => null,
        Normalization.Batch => new BatchNormLayer(units),
        Normalization.Layer => new LayerNormLayer(units),
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, message: null),
    };

    /// <summary>The noise layer that the recipe asks for behind a hidden layer; null for none.</summary>
    public nn.Module<Tensor, Tensor>? Noise() => recipe.Dropout switch
    {
        null => null,
        StandardDropout dropout => new DropoutLayer(dropout, NoiseKey(), Clock),
        GaussianDropout gaussian => new GaussianDropoutLayer(gaussian, NoiseKey(), Clock),
        _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Dropout, message: null),
    };

    /// <summary>What skips a residual block, counted from 0, while training; null where the recipe skips none.</summary>
    public SurvivalGate? Gate(int block, int blocks) => recipe.StochasticDepth is { } depth
        ? new SurvivalGate(depth, depth.SurvivalOf(block, blocks), key.Derive("stochastic depth").Derive((ulong)block), Clock)
        : null;

    private RandomKey NoiseKey() => key.Derive("noise").Derive(_noises++);
}
