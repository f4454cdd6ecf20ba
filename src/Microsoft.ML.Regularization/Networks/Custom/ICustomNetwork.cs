using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Creates a user-defined network from TorchSharp modules, for <see cref="CustomArchitecture"/>. A model file stores the name of the type and, as JSON, its
/// writable public properties; a program that loads the file needs the assembly of the type.
/// </summary>
/// <remarks>
/// The type must have a public parameterless constructor. Loading a model calls it and the property setters, and scoring calls <see cref="Create"/>. A model
/// file can only name types that implement this interface.
/// </remarks>
public interface ICustomNetwork
{
    /// <summary>The kind of input that the network reads. Default: <see cref="CustomInputKind.Numbers"/>.</summary>
    CustomInputKind InputKind => CustomInputKind.Numbers;

    /// <summary>For texts, the maximum number of tokens in a row, from 1 to 65536; longer texts are truncated. Default: 128.</summary>
    int MaxTokens => 128;

    /// <summary>
    /// Creates the module, with its initial weights. The same properties and sizes must give parameters of the same names and shapes, all of them float32.
    /// </summary>
    /// <remarks>
    /// TorchSharp's modules draw their initial weights from libtorch's global generator. The trainer seeds it from <see cref="NeuralNetworkOptions.Seed"/>
    /// before it calls this, one network at a time, and restores it afterwards, so that training is reproducible with the same seed.
    /// </remarks>
    /// <param name="input">The sizes of the input: see <see cref="CustomInputKind"/> for the shape of the tensor.</param>
    /// <param name="outputs">
    /// Number of outputs for each row, as a tensor (batch, outputs): a raw score for each of several classes, one for true and false, and one for a
    /// regression.
    /// </param>
    nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs);
}
