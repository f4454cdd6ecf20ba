using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A network of gated recurrent units (Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical machine translation", 2014),
/// which have three gates and no cell: <c>r, z = sigmoid(W x + b + W' h + b')</c>, <c>n = tanh(W x + b + r (W' h + b'))</c>, <c>h = (1 - z) n + z h</c>. As
/// in PyTorch, r multiplies the transformed state <c>W' h + b'</c> and not the state itself.
/// </summary>
/// <remarks>
/// Parameters, for h = <see cref="RecurrentArchitecture.HiddenSize"/> units: <c>3 (h (x + h) + 2 h)</c> for each layer and direction, x being the numbers of
/// a step for the first layer, and the states of all directions, h or 2 h, for the others; <c>(h + 1) out</c> or <c>(2 h + 1) out</c> for the outputs; and
/// for texts <c>(V + 2) EmbeddingSize</c> for a vocabulary of V tokens. The rows of weights are in the order of the gates r, z, n.
/// </remarks>
[UnionCase("Gru")]
public sealed record GruArchitecture : RecurrentArchitecture
{
    internal override RecurrentCell Cell => new("Gru", Gates: 3, KeepBias: 0);

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
