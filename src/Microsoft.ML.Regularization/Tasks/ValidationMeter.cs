namespace Microsoft.ML.Regularization;

/// <summary>Measures a network's outputs row by row, and keeps no more than a number or two of each.</summary>
internal abstract class ValidationMeter
{
    /// <summary>Takes in the next row.</summary>
    /// <param name="output">The network's outputs.</param>
    /// <param name="table">Where the row is.</param>
    /// <param name="row">Its number there.</param>
    public abstract void Add(ReadOnlySpan<float> output, RowTable table, int row);

    /// <summary>The metrics of all rows that were taken in.</summary>
    /// <param name="rows">Their losses and weights, in the same order.</param>
    public abstract IReadOnlyDictionary<ValidationMetric, double> Measure(RowLosses rows);
}
