using Microsoft.ML.Regularization.Foundation;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// libtorch's own loops over the steps of a sequence, which are faster than calls for each step, with weights as tensors, so that they may be masked.
/// TorchSharp gives them only inside of modules that own their weights; scripts reach the functions themselves.
/// </summary>
internal static class RecurrentKernel
{
    // In training the kernel keeps what backward needs, so it must be told whether there may be one.
    private const string Source =
        """
        def Lstm(x: Tensor, w: List[Tensor], train: bool) -> Tensor:
            s = x.new_zeros([1, x.size(0), w[1].size(1)])
            return torch.lstm(x, [s, s], w, True, 1, 0.0, train, False, True)[0]

        def Gru(x: Tensor, w: List[Tensor], train: bool) -> Tensor:
            s = x.new_zeros([1, x.size(0), w[1].size(1)])
            return torch.gru(x, s, w, True, 1, 0.0, train, False, True)[0]

        """;

    private static readonly Deferred<jit.CompilationUnit> Functions = new(() => jit.compile(Source.ReplaceLineEndings("\n")));

    /// <summary>The states (batch, steps, units) of all steps, from a state of 0.</summary>
    /// <param name="cell">The kind of unit.</param>
    /// <param name="input">(batch, steps, in).</param>
    /// <param name="inputWeight">(gates * units, in).</param>
    /// <param name="recurrentWeight">(gates * units, units).</param>
    /// <param name="inputBias">(gates * units).</param>
    /// <param name="recurrentBias">(gates * units).</param>
    public static Tensor Run(RecurrentCell cell, Tensor input, Tensor inputWeight, Tensor recurrentWeight, Tensor inputBias, Tensor recurrentBias) =>
        (Tensor)Functions.Value.invoke(cell.Name, input, new[] { inputWeight, recurrentWeight, inputBias, recurrentBias }, is_grad_enabled());
}
