using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>
/// The settings of a run: the options, and where they are null the architecture's defaults for the task. Members are named as those of
/// <see cref="NeuralNetworkOptions"/>, so that a checkpoint can compare them by name.
/// </summary>
internal sealed record TrainingPlan
{
    private const double ShareOfValidation = 0.2;

    private readonly bool _hasClasses;
    private readonly NeuralNetworkOptions _options;
    private readonly TrainingDefaults _defaults;

    private TrainingPlan(NeuralNetworkOptions options, bool hasClasses, TrainingDefaults defaults, NetworkArchitecture architecture)
    {
        (_options, _hasClasses, _defaults) = (options, hasClasses, defaults);
        Architecture = architecture;
        Recipe = options.Recipe ?? (options.FineTuning is { IsProbeAlone: true } ? RegularizationRecipe.None : Fitting(defaults.Recipe, options.Loss));
        InputScaling = options.InputScaling ?? options.Pretrained?.Made?.Origin.Scaling ?? defaults.InputScaling;
        Optimizer = options.Optimizer ?? new AdamOptimizer { Beta2 = defaults.Beta2 };

        // A rate that was chosen for one optimizer does not apply to another.
        LearningRate = options.LearningRate ?? Optimizer.UsualLearningRate ?? defaults.LearningRate;
        Schedule = options.Schedule
            ?? (defaults.LearningRateCycles > 0 ? new LogCosineSchedule { Cycles = defaults.LearningRateCycles }
                : defaults.WarmsUp ? LearningRateSchedule.Linear(warmUpFraction: 0.1) : LearningRateSchedule.Constant);
        BatchSize = options.BatchSize ?? defaults.BatchSize;
        DropsLastBatch = options.DropsLastBatch ?? defaults.DropsLastBatch;
        ClampsPredictions = defaults.ClampsPredictions;
        MaxEpochs = options.MaxEpochs ?? Epochs(defaults.MaxEpochs);
        (Members, Folds) = (options.Members ?? 1, options.Folds);
        ValidationFraction = Folds is not null ? 0 : options.ValidationFraction ?? (Recipe.EarlyStopping is null && options.Pack is null ? 0 : ShareOfValidation);
    }

    public NetworkArchitecture Architecture { get; }

    public RegularizationRecipe Recipe { get; private init; }

    public InputScaling InputScaling { get; private init; }

    public Optimizer Optimizer { get; }

    public double LearningRate { get; }

    public LearningRateSchedule Schedule { get; }

    public int BatchSize { get; private init; }

    public bool DropsLastBatch { get; }

    public bool ClampsPredictions { get; }

    public int MaxEpochs { get; private init; }

    public double ValidationFraction { get; }

    public int Members { get; }

    public int? Folds { get; }

    public static TrainingPlan Of(NeuralNetworkOptions options, LearningTask task)
    {
        var hasClasses = task.Offers.HasFlag(Capabilities.Classes);
        var architecture = options.Architecture ?? EffortPlan.ArchitectureOf(options);
        var defaults = architecture.DefaultsFor(hasClasses);
        return new TrainingPlan(options, hasClasses, options.FineTuning?.Probe is null ? defaults : defaults.ForTuning(), architecture.ForTask(hasClasses));
    }

    /// <summary>The plan for such rows: what the options leave to the architecture goes by their number and kind.</summary>
    /// <param name="rows">How many rows are trained on.</param>
    /// <param name="areEmbeddings">Whether they are of equal length: see <see cref="EqualLengths"/>.</param>
    /// <param name="hasRareClass">Whether a class is too rare for a share of right answers to say much about it.</param>
    public TrainingPlan For(long rows, bool areEmbeddings, bool hasRareClass = false)
    {
        var batchSize = _options.BatchSize ?? _defaults.BatchSizeFor(rows);
        var stepsPerEpoch = Math.Max(1, Sampler.CountBatches(rows, batchSize, Architecture.NeedsTwoRowsPerBatch, DropsLastBatch));
        return this with
        {
            BatchSize = batchSize,

            // Without validation rows nobody could tell when a longer run is to end.
            MaxEpochs = _options.MaxEpochs is null && Recipe.EarlyStopping is not null ? Epochs(_defaults.MaxEpochsFor(stepsPerEpoch)) : MaxEpochs,
            InputScaling = ScalesByRows && areEmbeddings ? InputScaling.UnitLength : InputScaling,
            Recipe = _options.Recipe is null && hasRareClass && Recipe.EarlyStopping is { Metric: ValidationMetric.Accuracy } stopping
                ? Recipe with { EarlyStopping = stopping with { Metric = ValidationMetric.Loss } }
                : Recipe,
        };
    }

    // The networks of a pack share the work of one, and need not be at their own best. Those for numbers need longer.
    private int Epochs(int ofOne)
    {
        var share = _options.Pack is null ? 1 : _hasClasses ? 4 : 2;
        return (ofOne + share - 1) / share;
    }

    private bool ScalesByRows => _options.InputScaling is null && _options.Pretrained?.Made is null && _defaults.InputScaling == InputScaling.RobustSmoothClip;

    // The default recipe's smoothing is dropped, rather than refused, for a loss that cannot use it.
    private static RegularizationRecipe Fitting(RegularizationRecipe recipe, LossFunction? loss) =>
        loss is not null && !loss.Offers.HasFlag(Capabilities.MixedTargets) ? recipe with { LabelSmoothing = 0 } : recipe;
}
