namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A stage of a training step: a penalty on the weights that goes through the gradient, before the gradient's norm is taken.</summary>
internal interface IPenaltyGradient
{
    /// <summary>Adds the penalty's gradient to the loss's, in place.</summary>
    void AddGradient();
}
