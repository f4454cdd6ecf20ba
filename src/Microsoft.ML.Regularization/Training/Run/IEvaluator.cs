using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Measures a network on rows, without any regularization.</summary>
internal interface IEvaluator
{
    /// <summary>The raw outputs of the rows that were measured last, row by row; empty where they are not kept.</summary>
    float[] RowOutputs { get; }

    /// <summary>Loss and metrics.</summary>
    /// <param name="source">Gathers the rows.</param>
    /// <param name="batches">The rows.</param>
    /// <param name="mostBatches">How many of the batches to measure on.</param>
    (IReadOnlyDictionary<ValidationMetric, double> Metrics, RowLosses Losses, LearnedCalibration? Calibration) Measure(
        Collator source, DataLoader batches, long mostBatches = long.MaxValue);
}
