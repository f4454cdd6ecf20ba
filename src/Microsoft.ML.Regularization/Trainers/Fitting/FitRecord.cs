using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Derives from a trainer's settings the training record of its model.</summary>
internal static class FitRecord
{
    /// <summary>The training record of the model.</summary>
    /// <param name="setup">The trainer's.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="own">Settings of the network's own; null for those of the plan.</param>
    public static TrainingRecord RecordOf(this TrainerSetup setup, int seed, TrainingSettings? own = null)
    {
        var (options, plan) = (setup.Options, setup.Plan);
        return new TrainingRecord
        {
            Loss = options.Loss ?? setup.Task.DefaultLoss,
            Optimizer = plan.Optimizer,
            LearningRate = own?.LearningRate ?? plan.LearningRate,
            Schedule = plan.Schedule,
            BatchSize = own?.BatchSize ?? plan.BatchSize,
            MaxEpochs = own?.MaxEpochs ?? plan.MaxEpochs,
            ClassWeights = options.ClassWeights,
            InputScaling = own?.InputScaling ?? plan.InputScaling,
            MissingValues = options.MissingValues,
            Pretrained = options.Pretrained is { } published ? new PublishedSource(Path.GetFileName(published.Path), published.Sha256) : null,
            FineTuning = options.FineTuning,
            Seed = seed,
            LibraryVersion = TrainingRecord.ThisVersion,
        };
    }
}
