namespace Microsoft.ML.Regularization.Tensors;

/// <summary>A stretch of the flat tensors that weight decay and penalties treat alike.</summary>
/// <param name="Start">Its first element.</param>
/// <param name="Length">Its elements.</param>
/// <param name="Factor">Of the recipe's weight decay; 0 where there is none.</param>
/// <param name="IsPenalized">Whether the penalties on weights apply to it.</param>
internal readonly record struct DecayRange(long Start, long Length, double Factor, bool IsPenalized)
{
    /// <summary>Its learning rate as a part of the step's.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>The epoch from which on it learns, from 1.</summary>
    public int FirstEpoch { get; init; } = 1;
}
