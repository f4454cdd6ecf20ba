namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A stage of a training step behind the optimizer.</summary>
internal interface IAfterStep
{
    /// <summary>Called when the optimizer has moved the weights.</summary>
    void AfterStep();
}
