using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Applies an <see cref="Activation"/> element by element.</summary>
internal static class ActivationLayer
{
    public static Tensor Apply(Activation activation, Tensor input) => activation switch
    {
        Activation.ReLU => nn.functional.relu(input),
        Activation.GELU => nn.functional.gelu(input),
        Activation.SiLU => nn.functional.silu(input),
        Activation.Tanh => nn.functional.tanh(input),
        Activation.SELU => nn.functional.selu(input),
        Activation.Mish => input * input.Softplus().tanh(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, message: null),
    };

    /// <summary>
    /// Applies the activation in place where possible. The input must be the output of a convolution, a normalization or a sum that nothing else reads; none
    /// of these needs its own output for its gradient. Where the activation allows it, the input is overwritten, which saves memory and memory traffic.
    /// </summary>
    public static Tensor Overwrite(Activation activation, Tensor input) =>
        activation == Activation.ReLU ? nn.functional.relu(input, inplace: true) : Apply(activation, input);

    /// <summary>The gain of weights in front of the activation that keeps the signal's scale.</summary>
    public static double Gain(Activation activation) => activation switch
    {
        Activation.Tanh => 5.0 / 3,
        Activation.SELU => 1,
        _ => Math.Sqrt(2),
    };
}
