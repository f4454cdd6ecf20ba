using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Measures a network's outputs row by row, and keeps no more than a number or two of each.</summary>
internal abstract class ValidationMeter
{
    /// <summary>Takes in the next row.</summary>
    /// <param name="output">The network's outputs.</param>
    /// <param name="label">The row's label and weight.</param>
    public abstract void Add(ReadOnlySpan<float> output, RowLabel label);

    /// <summary>The metrics of all rows that were taken in.</summary>
    /// <param name="rows">Their losses and weights, in the same order.</param>
    public abstract IReadOnlyDictionary<ValidationMetric, double> Measure(RowLosses rows);

    /// <summary>What is learned of these rows about a classifier's probabilities; null where there is nothing to learn.</summary>
    /// <param name="priorDeviation">See <see cref="TemperatureScaling.PriorDeviation"/>.</param>
    public virtual LearnedCalibration? Calibrate(double priorDeviation) => null;
}
