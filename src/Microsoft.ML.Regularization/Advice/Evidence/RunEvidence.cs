namespace Microsoft.ML.Regularization.Advice;

/// <summary>What is known of a run: its history, and what was measured on rows.</summary>
internal sealed record RunEvidence
{
    /// <summary>A loss that is above another one by this share is worth a finding.</summary>
    public const double LeastShare = 0.1;

    /// <summary>So many standard errors are no accident.</summary>
    public const double Errors = 3;

    public required TrainedNetwork Network { get; init; }

    /// <summary>The model on training rows; null where there are none.</summary>
    public MeasuredRows? Training { get; init; }

    /// <summary>The model on validation rows; null where there are none.</summary>
    public MeasuredRows? Validation { get; init; }

    /// <summary>The reference on training rows; null where there is none.</summary>
    public MeasuredRows? ReferenceTraining { get; init; }

    /// <summary>The reference on validation rows; null where there is none.</summary>
    public MeasuredRows? ReferenceValidation { get; init; }

    /// <summary>The columns; null without training rows.</summary>
    public InputTable? Table { get; init; }

    public SharedRowCount? Shared { get; init; }

    public DeadUnitShare? Dead { get; init; }

    public TrainingHistory History => Network.History;

    public RegularizationRecipe Recipe => Network.Recipe;

    public bool HasClasses => Network.Task != LearningTask.Regression;

    /// <summary>The regularization of the recipe.</summary>
    public RecipeWeight Weight => RecipeWeight.Of(Recipe);

    /// <summary>The learning rate over the usual one for network, task and optimizer.</summary>
    public double RelativeRate => Network.Training.LearningRate / UsualRate;

    public double UsualRate => Network.Training.Optimizer.UsualLearningRate ?? Network.Architecture.DefaultsFor(HasClasses).LearningRate;

    /// <summary>By how much the model is worse than the reference on validation rows; null without one, or with a single row.</summary>
    public LossComparison? Excess => Validation is null or { Count: < 2 } || ReferenceValidation is null ? null : Validation.Against(ReferenceValidation.Losses);

    /// <summary>Whether the model is clearly worse than the reference; null where that is not known.</summary>
    public bool? IsWorse => Excess is not { } excess ? null : excess.IsAbove(0, Errors) && excess.Mean > LeastShare * ReferenceValidation!.Loss;

    /// <summary>Whether it knows the training rows worse than the reference does.</summary>
    public bool LearnsLess => Training is not null && ReferenceTraining is not null && Training.Loss > ReferenceTraining.Loss;

    /// <summary>The better one of model and reference, on validation rows.</summary>
    public MeasuredRows? Best => ReferenceValidation is not null && Validation is not null && ReferenceValidation.Loss < Validation.Loss ? ReferenceValidation : Validation;

    /// <summary>Of the fall of the loss over the run, the share that fell in its last tenth; of validation rows where there are some.</summary>
    public double LateFall
    {
        get
        {
            double[] losses = [.. History.Epochs.Select(epoch => epoch.ValidationLoss ?? epoch.TrainingLoss)];
            var tenth = LastTenth;
            if (losses.Length < 2 * tenth)
                return 1;
            var (last, before) = (losses[^tenth..].Average(), losses[^(2 * tenth)..^tenth].Average());
            var fall = losses[0] - losses.Min();
            return fall <= 0 ? 0 : (before - last) / fall;
        }
    }

    /// <summary>A tenth of the epochs, one at least.</summary>
    public int LastTenth => Math.Max(1, History.Epochs.Count / 10);

    /// <summary>Whether training ended by its epochs or its time.</summary>
    public bool WasCut => History.StopReason is StopReason.MaxEpochs or StopReason.TimeLimit or StopReason.Cancelled;

    /// <summary>The share of epochs whose training loss is above that before by a tenth.</summary>
    public double Jumps => History.Epochs.Count < 3 ? 0 : History.Epochs.Zip(History.Epochs.Skip(1)).Count(pair => pair.Second.TrainingLoss > 1.1 * pair.First.TrainingLoss) / (History.Epochs.Count - 1.0);
}
