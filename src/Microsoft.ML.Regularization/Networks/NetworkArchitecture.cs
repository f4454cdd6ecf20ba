using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The shape of a network, without its weights. Compares by value; survives JSON and the model file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "network")]
[JsonDerivedType(typeof(MlpArchitecture), "Mlp")]
public abstract record NetworkArchitecture
{
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

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Whether a training batch of a single row cannot be normalized.</summary>
    internal abstract bool NeedsTwoRowsPerBatch { get; }

    /// <summary>The states that <see cref="ManifoldMixup"/> can mix rows at: the input, and those of <see cref="Network.MixAt"/>.</summary>
    internal abstract int MixableStates { get; }

    /// <summary>Builds the torch module: rows (batch, inputs) to outputs (batch, outputs).</summary>
    internal abstract Network CreateNetwork(int inputs, int outputs, NetworkBuilder builder);
}
