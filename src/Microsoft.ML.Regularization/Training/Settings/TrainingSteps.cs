namespace Microsoft.ML.Regularization.Training;

/// <summary>Counts the steps of a run.</summary>
internal static class TrainingSteps
{
    /// <summary>Steps of an epoch over so many rows.</summary>
    public static long StepsPerEpoch(this TrainingSettings settings, long rows) =>
        Sampler.CountBatches(rows, settings.BatchSize, settings.Architecture.NeedsTwoRowsPerBatch, settings.DropsLastBatch);
}
