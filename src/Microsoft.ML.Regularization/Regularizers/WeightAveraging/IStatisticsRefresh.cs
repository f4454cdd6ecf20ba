namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Recomputes the running statistics of batch normalization for weights that no training step has used.</summary>
internal interface IStatisticsRefresh
{
    /// <summary>Computes them from the training rows; the previous ones are restored when the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    IDisposable Run();
}
