using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>
/// The settings of a run: the options, and where they are null the architecture's defaults for the task. Members are named as those of
/// <see cref="NeuralNetworkOptions"/>, so that a checkpoint can compare them by name.
/// </summary>
internal sealed record TrainingPlan
{
    private const double ShareOfValidation = 0.2;

    private TrainingPlan(NeuralNetworkOptions options, TrainingDefaults defaults, NetworkArchitecture architecture)
    {
        Architecture = architecture;
        Recipe = options.Recipe ?? Fitting(defaults.Recipe, options.Loss);
        InputScaling = options.InputScaling ?? defaults.InputScaling;
        Optimizer = options.Optimizer ?? new AdamOptimizer { Beta2 = defaults.Beta2 };

        // A rate that was chosen for one optimizer does not apply to another.
        LearningRate = options.LearningRate ?? Optimizer.UsualLearningRate ?? defaults.LearningRate;
        Schedule = options.Schedule
            ?? (defaults.LearningRateCycles > 0 ? new LogCosineSchedule { Cycles = defaults.LearningRateCycles } : LearningRateSchedule.Constant);
        BatchSize = options.BatchSize ?? defaults.BatchSize;
        MaxEpochs = options.MaxEpochs ?? defaults.MaxEpochs;
        Members = options.Members ?? 1;
        ValidationFraction = options.ValidationFraction ?? (Recipe.EarlyStopping is null ? 0 : ShareOfValidation);
    }

    public NetworkArchitecture Architecture { get; }

    public RegularizationRecipe Recipe { get; }

    public InputScaling InputScaling { get; }

    public Optimizer Optimizer { get; }

    public double LearningRate { get; }

    public LearningRateSchedule Schedule { get; }

    public int BatchSize { get; }

    public int MaxEpochs { get; }

    public double ValidationFraction { get; }

    public int Members { get; }

    public static TrainingPlan Of(NeuralNetworkOptions options, LearningTask task)
    {
        var hasClasses = task.Offers.HasFlag(Capabilities.Classes);
        var architecture = options.Architecture ?? new MlpArchitecture();
        return new TrainingPlan(options, architecture.DefaultsFor(hasClasses), architecture.ForTask(hasClasses));
    }

    // The default recipe's smoothing is dropped, rather than refused, for a loss that cannot use it.
    private static RegularizationRecipe Fitting(RegularizationRecipe recipe, LossFunction? loss) =>
        loss is not null && !loss.Offers.HasFlag(Capabilities.MixedTargets) ? recipe with { LabelSmoothing = 0 } : recipe;
}
