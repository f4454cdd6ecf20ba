using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The shape of a network, without its weights. Compares by value; survives JSON and the model file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "network")]
[JsonDerivedType(typeof(MlpArchitecture), "Mlp")]
[JsonDerivedType(typeof(ResidualMlpArchitecture), "ResidualMlp")]
[JsonDerivedType(typeof(CustomArchitecture), "Custom")]
public abstract record NetworkArchitecture
{
    // All weights are one span of bytes; biases and gaps take the little that is left.
    private const int MostWeights = 500_000_000;

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

    /// <summary>Refuses what a recipe asks for and these layers cannot give, and names both sides. Both are valid by themselves.</summary>
    internal virtual void CheckRecipe(IExceptionContext context, RegularizationRecipe recipe)
    {
        if (recipe.StochasticDepth is { } depth && !HasResidualBlocks)
        {
            throw context.ExceptUserArg(
                nameof(recipe.StochasticDepth),
                $"StochasticDepth is {depth} and Architecture is {this}, which has no residual blocks to skip: "
                + "take NetworkArchitecture.ResidualMlp, or leave StochasticDepth out.");
        }
    }

    /// <summary>The inputs that it can read.</summary>
    internal virtual NetworkInputs Takes => NetworkInputs.Numbers;

    /// <summary>Tokens of a text that it reads, where it reads texts.</summary>
    internal virtual int MaximumTokens => 0;

    /// <summary>How numbers are scaled where the options do not say.</summary>
    internal virtual InputScaling UsualScaling => InputScaling.RobustSmoothClip;

    /// <summary>Whether there are blocks that can be skipped.</summary>
    internal virtual bool HasResidualBlocks => false;

    /// <summary>Whether trained networks score in managed code; else libtorch scores them.</summary>
    internal virtual bool ScoresInManagedCode => false;

    /// <summary>Whether a training batch of a single row cannot be normalized.</summary>
    internal abstract bool NeedsTwoRowsPerBatch { get; }

    /// <summary>The states that <see cref="ManifoldMixup"/> can mix rows at, numbered from 0: see <see cref="Network.MixAt"/>.</summary>
    internal abstract int MixableStates { get; }

    /// <summary>Builds the torch module: rows of the input (batch, width) to outputs (batch, outputs).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The architecture cannot take such an input; the message names what is in the way.</exception>
    internal abstract Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder);

    /// <summary>Refuses more weights than one tensor holds, before any is made.</summary>
    private protected void CheckMemory(string option, InputLayout input, int outputs, double weights)
    {
        if (weights > MostWeights)
        {
            throw Contracts.ExceptUserArg(
                option, $"{this} of {input} and {outputs} classes has {weights:0} weights; at most {MostWeights} fit into one tensor's memory.");
        }
    }
}
