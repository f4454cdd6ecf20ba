using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The shape of a network, without its weights. Compares by value; survives JSON and the model file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "network")]
[JsonDerivedType(typeof(MlpArchitecture), "Mlp")]
[JsonDerivedType(typeof(ResidualMlpArchitecture), "ResidualMlp")]
[JsonDerivedType(typeof(RealMlpArchitecture), "RealMlp")]
[JsonDerivedType(typeof(ConvNetArchitecture), "ConvNet")]
[JsonDerivedType(typeof(ResNetArchitecture), "ResNet")]
[JsonDerivedType(typeof(VisionTransformerArchitecture), "VisionTransformer")]
[JsonDerivedType(typeof(TextTransformerArchitecture), "TextTransformer")]
[JsonDerivedType(typeof(LstmArchitecture), "Lstm")]
[JsonDerivedType(typeof(GruArchitecture), "Gru")]
[JsonDerivedType(typeof(CustomArchitecture), "Custom")]
public abstract record NetworkArchitecture
{
    // All weights are one span of bytes; biases and gaps take the little that is left.
    internal const int MostWeights = 500_000_000;

    private protected NetworkArchitecture()
    {
    }

    /// <summary>
    /// A multilayer perceptron with the given hidden layers; change activation or normalization by <c>with</c>:
    /// <c>NetworkArchitecture.Mlp(256, 256) with { Activation = Activation.GELU }</c>.
    /// </summary>
    /// <param name="hiddenSizes">Units of each hidden layer, from input to output, each at least 1. None at all gives a linear model.</param>
    public static MlpArchitecture Mlp(params int[] hiddenSizes)
    {
        ArgumentNullException.ThrowIfNull(hiddenSizes);
        return new MlpArchitecture { HiddenSizes = [.. hiddenSizes] };
    }

    /// <summary>
    /// A residual network for tables; change activation or normalization by <c>with</c>:
    /// <c>NetworkArchitecture.ResidualMlp(blocks: 8) with { Normalization = Normalization.Layer }</c>.
    /// </summary>
    /// <param name="width">Units of the stream that blocks add to, from 1 to 65536.</param>
    /// <param name="blocks">Residual blocks, from 1 to 1024.</param>
    /// <param name="hiddenFactor">Hidden units of a block as a multiple of the width, from 1/16 to 16.</param>
    public static ResidualMlpArchitecture ResidualMlp(int width = 128, int blocks = 4, double hiddenFactor = 2) =>
        new() { Width = width, Blocks = blocks, HiddenFactor = hiddenFactor };

    /// <summary>
    /// RealMLP, a strong default for tables: a multilayer perceptron with parts and settings that were tuned on many tables at once. Options left null are those
    /// settings. See <see cref="RealMlpArchitecture"/>.
    /// </summary>
    /// <param name="activation">Null for the paper's: <see cref="Activation.SELU"/> for classes, <see cref="Activation.Mish"/> for numbers.</param>
    public static RealMlpArchitecture RealMlp(Activation? activation = null) => new() { Activation = activation };

    /// <summary>
    /// A convolutional network for images; change pooling, normalization or the layers behind the blocks by <c>with</c>:
    /// <c>NetworkArchitecture.ConvNet(32, 64) with { Flattens = true, HiddenSize = 128 }</c>.
    /// </summary>
    /// <param name="channels">Feature maps of each block, from input to output, each from 1 to 4096.</param>
    public static ConvNetArchitecture ConvNet(params int[] channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return new ConvNetArchitecture { Channels = [.. channels] };
    }

    /// <summary>
    /// A residual network for small images; change normalization or activation by <c>with</c>:
    /// <c>NetworkArchitecture.ResNet(32) with { Normalization = Normalization.Layer }</c>.
    /// </summary>
    /// <param name="depth">Layers with weights: 6 n + 2 for n blocks in each of three stages, from 8 to 1202.</param>
    /// <param name="width">Maps of the first stage, from 1 to 1024.</param>
    /// <param name="preActivation">Whether normalization and activation stand before the convolutions.</param>
    public static ResNetArchitecture ResNet(int depth = 20, int width = 16, bool preActivation = false) =>
        new() { Depth = depth, Width = width, PreActivation = preActivation };

    /// <summary>
    /// A vision transformer for images; change more by <c>with</c>:
    /// <c>NetworkArchitecture.VisionTransformer(patch: 7) with { Pooling = TokenPooling.Mean }</c>.
    /// </summary>
    /// <param name="patch">Pixels of a patch's side, at least 1; it must divide height and width of the images.</param>
    /// <param name="width">Units of a token, from 1 to 16384.</param>
    /// <param name="depth">Blocks, from 1 to 256.</param>
    /// <param name="heads">Heads of attention; they must divide the width.</param>
    public static VisionTransformerArchitecture VisionTransformer(int patch = 4, int width = 128, int depth = 4, int heads = 4) =>
        new() { PatchSize = patch, Width = width, Depth = depth, Heads = heads };

    /// <summary>
    /// A transformer for texts, which it reads as tokens; change more by <c>with</c>:
    /// <c>NetworkArchitecture.TextTransformer(depth: 4) with { Pooling = TokenPooling.ClassToken }</c>.
    /// </summary>
    /// <param name="width">Units of a token, from 1 to 16384.</param>
    /// <param name="depth">Blocks, from 1 to 256.</param>
    /// <param name="heads">Heads of attention; they must divide the width.</param>
    /// <param name="maximumLength">Tokens of a text that are read, from 1 to 8192.</param>
    public static TextTransformerArchitecture TextTransformer(int width = 128, int depth = 2, int heads = 4, int maximumLength = 64) =>
        new() { Width = width, Depth = depth, Heads = heads, MaximumLength = maximumLength };

    /// <summary>
    /// Long short-term memory for sequences and texts; change the rest by <c>with</c>:
    /// <c>NetworkArchitecture.Lstm(layers: 2) with { Pooling = SequencePooling.Mean }</c>.
    /// </summary>
    /// <param name="hiddenSize">Units of each layer's state, in each direction; from 1 to 65536.</param>
    /// <param name="layers">Layers, from 1 to 64.</param>
    /// <param name="bidirectional">Whether each layer also reads backwards.</param>
    public static LstmArchitecture Lstm(int hiddenSize = 128, int layers = 1, bool bidirectional = false) =>
        new() { HiddenSize = hiddenSize, Layers = layers, Bidirectional = bidirectional };

    /// <summary>
    /// Gated recurrent units for sequences and texts, a quarter smaller than <see cref="Lstm"/>; change the rest by <c>with</c>:
    /// <c>NetworkArchitecture.Gru(64) with { Bidirectional = true }</c>.
    /// </summary>
    /// <param name="hiddenSize">Units of each layer's state, in each direction; from 1 to 65536.</param>
    /// <param name="layers">Layers, from 1 to 64.</param>
    /// <param name="bidirectional">Whether each layer also reads backwards.</param>
    public static GruArchitecture Gru(int hiddenSize = 128, int layers = 1, bool bidirectional = false) =>
        new() { HiddenSize = hiddenSize, Layers = layers, Bidirectional = bidirectional };

    /// <summary>A network of one's own, made of TorchSharp's modules; it is trained, saved and scored like all others.</summary>
    /// <param name="factory">Makes the module. Its type and its public properties are what a model file keeps of it: see <see cref="ICustomNetwork"/>.</param>
    /// <exception cref="InvalidOperationException">The type has no public constructor without parameters, or cannot be made of JSON.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its properties do not survive JSON.</exception>
    public static CustomArchitecture Custom(ICustomNetwork factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return CustomArchitecture.Of(factory);
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Refuses what a recipe asks for and this network cannot give, and names both sides. Both are valid by themselves.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="input">What the network reads; null where that is not known yet.</param>
    internal void CheckRecipe(IExceptionContext context, RegularizationRecipe recipe, InputLayout? input = null)
    {
        var offers = HiddenActivation == Activation.SELU ? Offers | Capabilities.SeluActivation : Offers;
        if (input?.Text is not null || Takes == NetworkInputs.Texts)
            offers &= ~Capabilities.MovableInputs;
        Compatibility.Check(context, recipe.Demands(), new NetworkCounterpart(ToString(), offers, Lack));
    }

    /// <summary>The one of all hidden layers; null where there is no such.</summary>
    internal virtual Activation? HiddenActivation => null;

    /// <summary>What it has of what techniques may need, but for what its activation and its input tell.</summary>
    internal abstract Capabilities Offers { get; }

    /// <summary>Says what is missing, in words that follow the architecture's own.</summary>
    private protected virtual string Lack(Capabilities missing) => missing switch
    {
        Capabilities.LinearLayers => "whose layers are convolutions",
        Capabilities.Maps => "which has no feature maps",
        Capabilities.ResidualBlocks => "which has no residual blocks",
        Capabilities.SeluActivation => $"whose Activation is {HiddenActivation}",
        Capabilities.MovableInputs => "which reads texts, whose tokens cannot be moved a little",
        _ => throw new ArgumentOutOfRangeException(nameof(missing), missing, message: null),
    };

    /// <summary>The inputs that it can read.</summary>
    internal virtual NetworkInputs Takes => NetworkInputs.Numbers;

    /// <summary>Tokens of a text that it reads, where it reads texts.</summary>
    internal virtual int MaximumTokens => 0;

    /// <summary>What it is trained with where the options do not say.</summary>
    /// <param name="hasClasses">Whether it tells classes apart; else it predicts numbers.</param>
    internal virtual TrainingDefaults DefaultsFor(bool hasClasses) => new() { InputScaling = UsualScaling };

    /// <summary>The architecture with what it leaves to the task.</summary>
    /// <param name="hasClasses">Whether it tells classes apart; else it predicts numbers.</param>
    internal virtual NetworkArchitecture ForTask(bool hasClasses) => this;

    /// <summary>How numbers are scaled where the options do not say.</summary>
    internal virtual InputScaling UsualScaling => InputScaling.RobustSmoothClip;

    /// <summary>Whether its first layer multiplies sparse rows as such.</summary>
    internal virtual bool TakesSparseRows => false;

    /// <summary>Whether trained networks score in managed code; else libtorch scores them.</summary>
    internal virtual bool ScoresInManagedCode => false;

    /// <summary>
    /// Up to how many threads it trains faster with libtorch on one thread: the library's products gain more than all else loses. 0 for never. See
    /// <see cref="TrainingThreads"/>.
    /// </summary>
    internal virtual int TeamThreads => 0;

    /// <summary>Whether it trains faster where the process keeps the memory that a step frees: see <see cref="KeptMemory"/>.</summary>
    internal virtual bool GainsByKeptMemory => false;

    /// <summary>For networks that are mostly products of rows with weights, but not all of them.</summary>
    private protected const int FewThreads = 4;

    /// <summary>Whether a training batch of a single row cannot be normalized.</summary>
    internal abstract bool NeedsTwoRowsPerBatch { get; }

    /// <summary>The states that <see cref="ManifoldMixup"/> can mix rows at, numbered from 0: see <see cref="Network.MixAt"/>.</summary>
    internal abstract int MixableStates { get; }

    /// <summary>Trained numbers, or those of them that can be many; 0 where it does not tell.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="outputs">Its outputs.</param>
    internal virtual double WeightsOf(InputLayout input, double outputs) => 0;

    /// <summary>Those of a table with a vector for each value of a category, or for each token; 0 where there is none.</summary>
    /// <param name="values">Values or tokens.</param>
    internal virtual double TableWeights(double values) => 0;

    /// <summary>Builds the torch module: rows of the input (batch, width) to outputs (batch, outputs).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The architecture cannot take such an input; the message names what is in the way.</exception>
    internal abstract Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder);

    /// <summary>Lists the tensors that the network has, as <see cref="CreateNetwork"/> makes them.</summary>
    internal abstract void ListTensors(TensorList tensors, InputLayout input, int outputs);

    /// <summary>Refuses inputs that the network cannot take; the message names what is in the way.</summary>
    /// <param name="context">For errors; null where there is none.</param>
    /// <param name="input">What it is to read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The architecture cannot take such an input.</exception>
    internal virtual void CheckInput(IExceptionContext? context, InputLayout input)
    {
    }

    /// <summary>Refuses more weights than one tensor holds, before any is made.</summary>
    private protected void CheckMemory(string option, InputLayout input, int outputs)
    {
        var weights = WeightsOf(input, outputs);
        if (weights > MostWeights)
        {
            throw Contracts.ExceptUserArg(
                option, $"{this} of {input} and {outputs} classes has {weights:0} weights; at most {MostWeights} fit into one tensor's memory.");
        }
    }
}
