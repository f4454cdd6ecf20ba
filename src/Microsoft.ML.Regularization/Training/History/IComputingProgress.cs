namespace Microsoft.ML.Regularization.Training;

/// <summary>Optional interface of a progress receiver, which is then told how much of each epoch's time was spent in network, loss and optimizer.</summary>
internal interface IComputingProgress
{
    /// <summary>Called before the epoch is reported, with the time that its steps took since their batches were gathered.</summary>
    void ReportComputing(TimeSpan time);
}
