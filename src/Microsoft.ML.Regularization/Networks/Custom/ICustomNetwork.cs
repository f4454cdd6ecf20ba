using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Makes a network of one's own from TorchSharp's modules, for <see cref="CustomArchitecture"/>. A model file holds the name of the type and, as JSON,
/// its public properties that can be written; a program that loads the file needs the assembly of the type.
/// </summary>
/// <remarks>
/// The type has a public constructor without parameters. Loading a model calls it and the setters of properties, and scoring calls <see cref="Create"/>;
/// the file can name no other code than types that implement this interface.
/// </remarks>
public interface ICustomNetwork
{
    /// <summary>What the network reads. Default: <see cref="CustomInputKind.Numbers"/>.</summary>
    CustomInputKind InputKind => CustomInputKind.Numbers;

    /// <summary>For texts, tokens of a row, from 1 to 65536; what is longer is cut. Default: 128.</summary>
    int MaxTokens => 128;

    /// <summary>
    /// Makes the module, with its initial weights. The same properties and sizes must give parameters of the same names and shapes, all of them float32.
    /// </summary>
    /// <remarks>
    /// TorchSharp's modules draw their initial weights from libtorch's global generator. The trainer seeds it from <see cref="NeuralNetworkOptions.Seed"/> before it calls
    /// this, one network at a time, and puts it back afterwards, so that trainings of the same seed repeat each other.
    /// </remarks>
    /// <param name="input">What it reads: see <see cref="CustomInputKind"/> for the shape of the tensor.</param>
    /// <param name="outputs">
    /// Numbers that it gives for each row: raw scores of the classes, one for true and false, and one for a number; as a tensor (batch, outputs).
    /// </param>
    nn.Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs);
}
