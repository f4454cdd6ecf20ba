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

    /// <summary>The layers made so far that have a term in the loss.</summary>
    public List<IPenalizedLayer> PenalizedLayers { get; } = [];

    /// <summary>The layers made so far that are pruned.</summary>
    public List<IPrunedLayer> PrunedLayers { get; } = [];

    /// <summary>
    /// A linear layer, with the noise on weights that the recipe asks for, with zero biases and uniform weights of variance <c>gain^2 / inputs</c>,
    /// which keeps the scale of the signal when the gain undoes the activation's (He, Zhang, Ren and Sun, 2015).
    /// </summary>
    /// <param name="inputs">Units before it.</param>
    /// <param name="outputs">Its units.</param>
    /// <param name="gain">What the activation behind it takes away.</param>
    /// <param name="isOutput">Whether it gives the network's outputs.</param>
    public nn.Module<Tensor, Tensor> Dense(int inputs, int outputs, double gain, bool isOutput = false)
    {
        var random = new KeyedStream(key.Derive("initial weights"), _layers++);
        var bound = gain * Math.Sqrt(3.0 / inputs);
        var weights = new float[(long)inputs * outputs];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)((2 * random.NextDouble() - 1) * bound);
        var (weight, bias) = (FloatTensors.Of(weights, outputs, inputs), FloatTensors.Zeros(outputs));
        switch (recipe.Dropout)
        {
            case DropConnect dropConnect when !isOutput:
                return new DropConnectLayer(weight, bias, dropConnect, NoiseKey(), Clock);
            case VariationalDropout variational:
                var layer = new VariationalLayer(weight, bias, gain * gain / inputs, variational, NoiseKey(), Clock);
                PenalizedLayers.Add(layer);
                PrunedLayers.Add(layer);
                return layer;
            default:
                return new DenseLayer(weight, bias);
        }
    }

    /// <summary>
    /// A layer of recurrent units, its recurrent weights masked where the recipe has <see cref="DropConnect"/>, with uniform weights within
    /// <c>+-1 / sqrt(units)</c> and zero biases, but for the gate that keeps the state.
    /// </summary>
    /// <param name="cell">The kind of unit.</param>
    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="units">Its units.</param>
    public RecurrentLayer Recurrent(RecurrentCell cell, int inputs, int units)
    {
        var random = new KeyedStream(key.Derive("initial weights"), _layers++);
        var mask = recipe.Dropout is DropConnect dropConnect ? new RecurrentMask(dropConnect, NoiseKey(), Clock) : null;
        return new RecurrentLayer(cell, Uniform(inputs), Uniform(units), mask);

        Tensor Uniform(int columns)
        {
            var weights = new float[(long)cell.Gates * units * columns];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = (float)((2 * random.NextDouble() - 1) / Math.Sqrt(units));
            return FloatTensors.Of(weights, cell.Gates * units, columns);
        }
    }

    /// <summary>
    /// Vectors of tokens, normal of deviation 1: the scale of numbers that are standardized. That of <see cref="TextInput.Unknown"/> starts at 0, so that
    /// unknown words say nothing where training has none.
    /// </summary>
    /// <param name="tokens">Tokens, padding included.</param>
    /// <param name="width">Numbers of a vector.</param>
    public TokenTableLayer TokenTable(int tokens, int width)
    {
        var vectors = new float[(long)tokens * width];
        GaussianNoise.Fill(vectors, key.Derive("initial weights"), _layers++, mean: 0, deviation: 1);
        vectors.AsSpan(0, TextInput.FirstWord * width).Clear();
        return new TokenTableLayer(FloatTensors.Of(vectors, tokens, width));
    }

    public static NormalizationLayer? Normalize(Normalization normalization, int units) => normalization switch
    {
        Normalization.None => null,
        Normalization.Batch => new BatchNormLayer(units),
        Normalization.Layer => new LayerNormLayer(units),
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, message: null),
    };

    /// <summary>The noise layer that the recipe asks for behind a hidden layer; null for none.</summary>
    /// <param name="shared">Dimensions along which units share their noise: those of a sequence's steps, or of a feature map's places.</param>
    public nn.Module<Tensor, Tensor>? Noise(params int[] shared) => recipe.Dropout switch
    {
        null or DropConnect or VariationalDropout => null,
        StandardDropout dropout => new DropoutLayer(dropout, NoiseKey(), Clock, shared),
        GaussianDropout gaussian => new GaussianDropoutLayer(gaussian, NoiseKey(), Clock, shared),
        AlphaDropout alpha => new AlphaDropoutLayer(alpha, NoiseKey(), Clock, shared),
        _ => throw new InvalidOperationException($"There is no layer for {recipe.Dropout}."),
    };

    /// <summary>What skips a residual block, counted from 0, while training; null where the recipe skips none.</summary>
    public SurvivalGate? Gate(int block, int blocks) => recipe.StochasticDepth is { } depth
        ? new SurvivalGate(depth, depth.SurvivalOf(block, blocks), key.Derive("stochastic depth").Derive((ulong)block), Clock)
        : null;

    private RandomKey NoiseKey() => key.Derive("noise").Derive(_noises++);
}
