namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A stage of a training step between the gradient, penalties included, and the optimizer.</summary>
internal interface IAfterGradient
{
    /// <summary>Changes the gradient in place.</summary>
    /// <param name="norm">The Euclidean norm of the whole gradient before any of these stages; finite.</param>
    void AfterGradient(double norm);
}
