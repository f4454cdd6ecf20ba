namespace Microsoft.ML.Regularization.Tensors;

/// <summary>What layers are told about training.</summary>
internal sealed class TrainingClock
{
    /// <summary>The number of the current step, from which noise layers draw: one step, one mask.</summary>
    public ulong Step { get; set; }

    /// <summary>The share of the probability to drop that the current step draws with, from 0 (nothing is dropped) to 1.</summary>
    public double DropoutFactor { get; set; } = 1;

    /// <summary>Epochs done before the current step, with their fraction.</summary>
    public double Epochs { get; set; }

    /// <summary>Training rows of the epoch, which make the sum over rows that a penalty belongs to a mean.</summary>
    public long Rows { get; set; } = 1;
}
