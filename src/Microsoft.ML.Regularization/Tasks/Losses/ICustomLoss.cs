namespace Microsoft.ML.Regularization;

/// <summary>
/// A loss of one's own, for <c>LossFunction.Custom</c>. Training makes it small on average, and validation measures it; how outputs become predictions stays as it is for
/// the task.
/// </summary>
/// <remarks>
/// The type has a public constructor without parameters; its name and its public properties that can be written stand in checkpoints, and tell one run from another.
/// </remarks>
public interface ICustomLoss
{
    /// <summary>Whether it is a loss of classes, rather than of numbers.</summary>
    bool IsOfClasses { get; }

    /// <summary>
    /// Whether a target may lie between those of rows, as soft labels, label smoothing and mixing make them; where not, these are refused beside it. Default: true.
    /// </summary>
    bool TakesMixedTargets => true;

    /// <summary>The loss of each row, in TorchSharp's operations, through which gradients flow. Tensors that are made on the way are freed with the step.</summary>
    /// <param name="outputs">
    /// What the network gives, float32 (rows, outputs). For several classes their logits; for true and false the logit of true; for a regression one number, in standard
    /// deviations of the training targets from their mean.
    /// </param>
    /// <param name="targets">
    /// float32 (rows, targets). For classes the probability of each, for true and false those of false and of true; for a regression one number, in the units of the
    /// outputs.
    /// </param>
    /// <returns>float32 (rows): each row's loss, before its weight.</returns>
    Tensor Compute(Tensor outputs, Tensor targets);
}
