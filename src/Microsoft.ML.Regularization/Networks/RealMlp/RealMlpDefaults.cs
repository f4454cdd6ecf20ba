namespace Microsoft.ML.Regularization.Networks;

/// <summary>The settings that a <see cref="RealMlpArchitecture"/> is trained with where the options leave them null: the paper's.</summary>
internal static class RealMlpDefaults
{
    private static readonly LearningRateSchedule FlatThenCosine = LearningRateSchedule.FlatThenCosine(flatFraction: 0.5);

    /// <param name="hasClasses">Whether the network is a classifier; otherwise it predicts numbers.</param>
    public static TrainingDefaults Of(bool hasClasses) => new()
    {
        Recipe = new RegularizationRecipe
        {
            WeightDecay = 0.02,
            WeightDecaySchedule = FlatThenCosine,
            Dropout = 0.15,
            DropoutSchedule = FlatThenCosine,
            LabelSmoothing = hasClasses ? 0.1 : 0,
            EarlyStopping = new EarlyStopping
            {
                Metric = hasClasses ? ValidationMetric.Accuracy : ValidationMetric.RootMeanSquaredError,
                Patience = int.MaxValue,
                StandardErrors = 0,
                PrefersLaterEpochs = true,

                // Stopped at the same epoch, training anew on all rows ends at a rate that the schedule has not brought down for it.
                RetrainsOnAllRows = false,
            },
        },
        LearningRate = hasClasses ? 0.04 : 0.2,
        Beta2 = 0.95,
        LearningRateCycles = 4,
        BatchSize = 256,
        DropsLastBatch = true,
        ClampsPredictions = true,

        // With classes smaller batches do harm at this rate.
        LeastBatchSize = hasClasses ? 256 : 64,
        MaxEpochs = 256,
        LeastSteps = 0,
    };
}
