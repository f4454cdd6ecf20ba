namespace Microsoft.ML.Regularization;

/// <summary>The number of the current training step, from which noise layers draw: one step, one mask.</summary>
internal sealed class TrainingClock
{
    public ulong Step { get; set; }
}
