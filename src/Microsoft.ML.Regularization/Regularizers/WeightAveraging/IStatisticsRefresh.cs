namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Takes the running statistics of batch normalizations anew, for weights that no training step has had.</summary>
internal interface IStatisticsRefresh
{
    /// <summary>Takes them from the training rows; those before come back when the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    IDisposable Run();
}
