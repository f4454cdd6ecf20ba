namespace Microsoft.ML.Regularization;

/// <summary>
/// A user-defined penalty on a network's weights, for <see cref="CustomPenalty.Of"/>: a number that is added to the loss of every training step, and whose
/// gradient goes through clipping and optimizer like that of the loss. It plays no part in scoring, and reported losses do not include it.
/// </summary>
/// <remarks>
/// The type must have a public parameterless constructor. Recipes, and with them checkpoints and model files, store its name and, as JSON, its writable
/// public properties; a program that only scores does not need the type.
/// </remarks>
public interface ICustomPenalty
{
    /// <summary>
    /// Computes the penalty with TorchSharp operations, through which gradients flow. It is called in every step; intermediate tensors are freed at its end.
    /// </summary>
    /// <param name="weights">
    /// All trained parameters by the names that <see cref="NetworkTensor.Name"/> has too, such as <c>hidden.0.linear.weight</c> (out, in) and
    /// <c>hidden.0.linear.bias</c> (out). They must not be changed.
    /// </param>
    /// <returns>float32, one number.</returns>
    Tensor Compute(IReadOnlyDictionary<string, Tensor> weights);
}
