namespace Microsoft.ML.Regularization;

/// <summary>
/// A user-defined loss, for <c>LossFunction.Custom</c>. Training minimizes its mean, and validation measures it; the task still decides how outputs become
/// predictions.
/// </summary>
/// <remarks>
/// The type must have a public parameterless constructor. Its name and its writable public properties are stored in checkpoints and identify a run.
/// </remarks>
public interface ICustomLoss
{
    /// <summary>Whether it is a loss of classes, rather than of numbers.</summary>
    bool IsOfClasses { get; }

    /// <summary>
    /// Whether the loss is defined for targets in between those of rows, as soft labels, label smoothing and mixing produce them; if not, these are refused
    /// with it. Default: true.
    /// </summary>
    bool TakesMixedTargets => true;

    /// <summary>
    /// Computes the loss of each row with TorchSharp operations, through which gradients flow. Intermediate tensors are freed at the end of the step.
    /// </summary>
    /// <param name="outputs">
    /// The network's outputs, float32 (rows, outputs). For several classes their logits; for true and false the logit of true; for a regression one number,
    /// in standard deviations of the training targets from their mean.
    /// </param>
    /// <param name="targets">
    /// float32 (rows, targets). For classes the probability of each, for true and false those of false and of true; for a regression one number, in the units of the
    /// outputs.
    /// </param>
    /// <returns>float32 (rows): each row's loss, before its weight.</returns>
    Tensor Compute(Tensor outputs, Tensor targets);
}
