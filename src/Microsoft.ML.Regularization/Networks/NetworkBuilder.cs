using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Makes the layers of one network. Initial weights and noise are drawn from streams keyed by seed and layer; libtorch's global generator is
/// neither read nor moved.
/// </summary>
internal sealed class NetworkBuilder(RegularizationRecipe recipe, RandomKey key)
{
    // A pass over fewer costs no more than to find out which are touched.
    private const long LeastLazyWeights = 1 << 16;

    private ulong _layers;
    private readonly NoiseSource _noise = new(key, new TrainingClock());
    private bool _hasGates;

    public TrainingClock Clock => _noise.Clock;

    /// <summary>What modules of the program's own draw their initial weights from.</summary>
    public long ModuleSeed => (long)key.Derive("module").ToUInt64();

    /// <summary>Whether the noise of the layers made so far can change anything.</summary>
    public bool HasNoise => (_noise.IsUsed && recipe.Dropout is { IsNoise: true }) || (_hasGates && recipe.StochasticDepth is { Skips: true });

    /// <summary>The layers made so far that have a term in the loss.</summary>
    public List<IPenalizedLayer> PenalizedLayers { get; } = [];

    /// <summary>The layers made so far that are pruned.</summary>
    public List<IPrunedLayer> PrunedLayers { get; } = [];

    /// <summary>The parameters made so far of which a batch uses few slots.</summary>
    public List<SlotMatrix> SlotMatrices { get; } = [];

    /// <summary>
    /// A linear layer, with the noise on weights that the recipe asks for, with zero biases and uniform weights of variance <c>gain^2 / inputs</c>,
    /// which keeps the scale of the signal when the gain undoes the activation's (He, Zhang, Ren and Sun, 2015).
    /// </summary>
    /// <param name="inputs">Units before it.</param>
    /// <param name="outputs">Its units.</param>
    /// <param name="gain">What the activation behind it takes away.</param>
    /// <param name="isOutput">Whether it gives the network's outputs.</param>
    /// <param name="rows">What it reads where it is the first layer of the network; null for units.</param>
    public nn.Module<Tensor, Tensor> Dense(int inputs, int outputs, double gain, bool isOutput = false, InputLayout? rows = null)
    {
        var weights = InitialWeights((long)inputs * outputs, inputs, gain);
        if (rows is { IsSparse: true })
        {
            var first = new SparseLayer(BySlot(weights, outputs, inputs), FloatTensors.Zeros(outputs), rows.Numbers);
            SlotMatrices.Add(first.Matrix);
            return first;
        }

        var initial = new InitialLinear(FloatTensors.Of(weights, outputs, inputs), FloatTensors.Zeros(outputs), gain * gain / inputs, isOutput);
        if (recipe.Dropout?.LinearLayer(initial, _noise) is not { } noisy)
            return new DenseLayer(initial.Weight, initial.Bias);
        if (noisy is IPenalizedLayer penalized)
            PenalizedLayers.Add(penalized);
        if (noisy is IPrunedLayer pruned)
            PrunedLayers.Add(pruned);
        return noisy;
    }

    /// <summary>
    /// A table with a vector for each value of a category. Vectors start uniformly distributed with an expected length of 1, that of a one-hot code; the vector
    /// of missing values starts at 0, where it says nothing.
    /// </summary>
    /// <param name="values">Values that are known.</param>
    /// <param name="size">Numbers of a vector.</param>
    public EmbeddingTable Embedding(int values, int size)
    {
        var vectors = Uniform(Math.Sqrt(3.0 / size), values + 1L, size);
        vectors.bytes[..(size * sizeof(float))].Clear();
        var table = new EmbeddingTable(vectors);
        if ((values + 1L) * size >= LeastLazyWeights)
            SlotMatrices.Add(table.Matrix);
        return table;
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

    /// <summary>
    /// A convolution 3 x 3, its kernels masked where the recipe asks for it, with initial weights by the rule of <see cref="Dense"/>. It has biases but in
    /// front of batch normalization, which would take them away.
    /// </summary>
    /// <param name="inputs">Channels before it.</param>
    /// <param name="outputs">Its channels.</param>
    /// <param name="gain">What the activation behind it takes away.</param>
    /// <param name="normalization">What normalizes its outputs, or all sums that they are added to.</param>
    /// <param name="stride">Places from one result to the next.</param>
    public ConvolutionLayer Convolution(int inputs, int outputs, double gain, Normalization normalization, int stride = 1)
    {
        const int Size = ConvolutionLayer.KernelSize;
        var weights = InitialWeights((long)outputs * inputs * Size * Size, inputs * Size * Size, gain);
        return new ConvolutionLayer(
            FloatTensors.Of(weights, outputs, inputs, Size, Size),
            normalization == Normalization.Batch ? null : FloatTensors.Zeros(outputs),
            stride,
            Mask());
    }

    /// <summary>Normalization of maps (batch, channels, height, width).</summary>
    public static nn.Module<Tensor, Tensor>? NormalizeMaps(Normalization normalization, int channels) => normalization switch
    {
        Normalization.None => null,
        Normalization.Batch => new BatchNormLayer(channels),
        Normalization.Layer => new MapNormLayer(channels),
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, message: null),
    };

    /// <summary>
    /// A layer of recurrent units, its recurrent weights masked where the recipe has <see cref="DropConnect"/>, with uniform weights within
    /// <c>+-1 / sqrt(units)</c> and zero biases, but for the gate that keeps the state.
    /// </summary>
    /// <param name="cell">The kind of unit.</param>
    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="units">Its units.</param>
    public RecurrentLayer Recurrent(RecurrentCell cell, int inputs, int units)
    {
        var bound = 1 / Math.Sqrt(units);
        return new RecurrentLayer(cell, Uniform(bound, cell.Gates * units, inputs), Uniform(bound, cell.Gates * units, units), Mask());
    }

    /// <summary>
    /// Vectors of tokens, normal of deviation 1: the scale of numbers that are standardized. That of <see cref="TextInput.Unknown"/> starts at 0, so that
    /// unknown words say nothing where training has none.
    /// </summary>
    /// <param name="tokens">Tokens, padding included.</param>
    /// <param name="width">Numbers of a vector.</param>
    public TokenTableLayer TokenTable(int tokens, int width)
    {
        var vectors = Normal(1, tokens, width);
        vectors.bytes[..(TextInput.FirstWord * width * sizeof(float))].Clear();
        return new TokenTableLayer(vectors);
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
    public nn.Module<Tensor, Tensor>? Noise(params int[] shared) => recipe.Dropout?.LayerBehind(_noise, shared);

    /// <summary>The same behind maps (batch, channels, height, width): a number for each place, but of spatial dropout one for each map.</summary>
    public nn.Module<Tensor, Tensor>? MapNoise() => recipe.Dropout?.LayerBehindMaps(_noise);

    /// <summary>What skips a residual block, counted from 0, while training; null where the recipe skips none.</summary>
    public SurvivalGate? Gate(int block, int blocks)
    {
        if (recipe.StochasticDepth is not { } depth)
            return null;

        _hasGates = true;
        return depth.Gate(block, blocks, _noise);
    }

    // A matrix (rows, columns) that memory holds column by column.
    private static unsafe Tensor BySlot(float[] matrix, int rows, int columns)
    {
        using var bySlot = FloatTensors.Empty(columns, rows);
        fixed (float* source = matrix)
        fixed (byte* destination = bySlot.bytes)
            MatrixTransposition.Transpose(source, columns, rows, columns, (float*)destination, rows);
        return bySlot.t();
    }

    private float[] InitialWeights(long count, int inputs, double gain)
    {
        var random = new KeyedStream(key.Derive("initial weights"), _layers++);
        var bound = gain * Math.Sqrt(3.0 / inputs);
        var weights = new float[count];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (float)((2 * random.NextDouble() - 1) * bound);
        return weights;
    }

    private WeightMask? Mask() => recipe.Dropout?.Mask(_noise);
}
