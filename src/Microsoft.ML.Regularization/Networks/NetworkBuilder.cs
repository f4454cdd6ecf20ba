using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Makes the layers of one network. Initial weights and noise are drawn from streams keyed by seed and layer; libtorch's global generator is
/// neither read nor moved.
/// </summary>
internal sealed class NetworkBuilder(RegularizationRecipe recipe, RandomKey key)
{
    private ulong _layers;
    private ulong _embeddings;
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
    /// A table with a vector for each value of a category. Vectors start uniformly distributed with an expected length of 1, that of a one-hot code; the vector
    /// of missing values starts at 0, where it says nothing.
    /// </summary>
    /// <param name="values">Values that are known.</param>
    /// <param name="size">Numbers of a vector.</param>
    public EmbeddingTable Embedding(int values, int size)
    {
        var random = new KeyedStream(key.Derive("initial embeddings"), _embeddings++);
        var bound = Math.Sqrt(3.0 / size);
        var vectors = new float[(values + 1L) * size];
        for (var i = size; i < vectors.Length; i++)
            vectors[i] = (float)((2 * random.NextDouble() - 1) * bound);
        return new EmbeddingTable(FloatTensors.Of(vectors, values + 1, size));
    }

    /// <summary>The layer that embeds the categories of an input by <see cref="EmbeddingSize"/>; null for an input of numbers alone.</summary>
    public CategoryLayer? Categories(InputLayout input) =>
        input.Categories.Count == 0
        ? null
        : new CategoryLayer(input.Numbers, [.. input.KeyValues.Select(values => Embedding(values, EmbeddingSize.Of(values)))]);

    /// <summary>Normal numbers of mean 0, keyed like the weights of the layers.</summary>
    /// <param name="deviation">Their standard deviation.</param>
    /// <param name="shape">The tensor's dimensions.</param>
    public Tensor Normal(double deviation, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        GaussianNoise.Fill(values, key.Derive("initial weights"), _layers++, mean: 0, deviation);
        return FloatTensors.Of(values, shape);
    }

    /// <summary>Numbers uniform from minus the bound to the bound, keyed like the weights of the layers.</summary>
    /// <param name="bound">The largest magnitude.</param>
    /// <param name="shape">The tensor's dimensions.</param>
    public Tensor Uniform(double bound, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        UniformNoise.Fill(values, key.Derive("initial weights"), _layers++, bound);
        return FloatTensors.Of(values, shape);
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
