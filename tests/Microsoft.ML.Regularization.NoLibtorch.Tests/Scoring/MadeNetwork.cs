namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>What networks say that were made, not trained.</summary>
internal static class MadeNetwork
{
    public static TrainingRecord Record { get; } = new()
    {
        Loss = LossFunction.CrossEntropy,
        Optimizer = Optimizer.Adam(),
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.Constant,
        BatchSize = 64,
        MaxEpochs = 1,
        InputScaling = InputScaling.None,
        MissingValues = MissingValues.Impute,
        Seed = 1,
        LibraryVersion = TrainingRecord.ThisVersion,
    };

    public static TrainingHistory History { get; } = new()
    {
        Epochs = [],
        StopReason = StopReason.MaxEpochs,
        ModelEpoch = 0,
        TrainingRows = 0,
        ValidationRows = 0,
        SkippedRows = 0,
    };
}
