namespace Microsoft.ML.Regularization.Training;

/// <summary>What the receiver of a run's reports may be too, to learn what of each epoch was network, loss and optimizer.</summary>
internal interface IComputingProgress
{
    /// <summary>Called before the epoch is reported, with the time that its steps took since their batches were gathered.</summary>
    void ReportComputing(TimeSpan time);
}
