namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A layer that has a term of its own in the loss of a training step.</summary>
internal interface IPenalizedLayer
{
    /// <summary>The term; null where it is 0.</summary>
    Tensor? Penalty();
}
