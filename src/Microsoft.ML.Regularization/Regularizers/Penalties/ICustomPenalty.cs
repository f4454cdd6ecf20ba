namespace Microsoft.ML.Regularization;

/// <summary>
/// A penalty of one's own on a network's weights, for <see cref="CustomPenalty.Of"/>: a number that is added to the loss of every training step, and whose gradient goes
/// through clipping and optimizer as the loss's does. Scoring knows nothing of it, and losses are reported without it.
/// </summary>
/// <remarks>
/// The type has a public constructor without parameters. Recipes, and with them checkpoints and model files, hold its name and, as JSON, its public properties that can be
/// written; a program that only scores does not need the type.
/// </remarks>
public interface ICustomPenalty
{
    /// <summary>
    /// The penalty, in TorchSharp's operations, through which gradients flow. It is asked for in every step; tensors that are made on the way are freed with it.
    /// </summary>
    /// <param name="weights">
    /// All trained parameters by the names that <see cref="NetworkTensor.Name"/> has too, such as <c>hidden.0.linear.weight</c> (out, in) and
    /// <c>hidden.0.linear.bias</c> (out). They are to be left as they are.
    /// </param>
    /// <returns>float32, one number.</returns>
    Tensor Compute(IReadOnlyDictionary<string, Tensor> weights);
}
