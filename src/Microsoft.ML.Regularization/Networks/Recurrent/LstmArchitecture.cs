using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A network of long short-term memory (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers, Schmidhuber and Cummins, 2000): each unit has a cell
/// that gates write, keep and read, which carries gradients over many steps. With the input x and the previous state h, and with W x + W' h + b + b' separate
/// for each gate: <c>i, f, o = sigmoid(...)</c>, <c>g = tanh(...)</c>, <c>c = f c + i g</c>, <c>h = o tanh(c)</c>.
/// </summary>
/// <remarks>
/// Parameters, for h = <see cref="RecurrentArchitecture.HiddenSize"/> units: <c>4 (h (x + h) + 2 h)</c> for each layer and direction, x being the numbers of
/// a step for the first layer, and the states of all directions, h or 2 h, for the others; <c>(h + 1) out</c> or <c>(2 h + 1) out</c> for the outputs; and
/// for texts <c>(V + 2) EmbeddingSize</c> for a vocabulary of V tokens (2 for padding, which is 0, and "unknown"). As in PyTorch, the rows of weights are in
/// the order of the gates i, f, g, o, and inputs and states have a bias each.
/// </remarks>
[UnionCase("Lstm")]
public sealed record LstmArchitecture : RecurrentArchitecture
{
    /// <summary>
    /// Initial bias of the forget gates, from -10 (cells forget at once) to 10 (they keep everything). Default: 1, by which gradients last from the start
    /// (Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent network architectures", 2015); PyTorch starts around 0.
    /// </summary>
    public double ForgetBias { get; init; } = 1;

    internal override RecurrentCell Cell => new("Lstm", Gates: 4, KeepBias: ForgetBias);

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(ForgetBias, nameof(ForgetBias), -10, 10);
    }
}
