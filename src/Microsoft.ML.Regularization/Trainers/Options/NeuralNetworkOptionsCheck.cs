using System.Globalization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks a trainer's options by themselves and with each other, before there are rows.</summary>
internal static class NeuralNetworkOptionsCheck
{
    /// <returns>The settings that result from the options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or contradicts another one.</exception>
    public static TrainingPlan Check(IExceptionContext context, NeuralNetworkOptions options, LearningTask task)
    {
        context.CheckName(options.LabelColumnName, nameof(options.LabelColumnName));
        if (options.FeatureColumnName is not null)
            context.CheckName(options.FeatureColumnName, nameof(options.FeatureColumnName));
        if (options.ExampleWeightColumnName is not null)
            context.CheckName(options.ExampleWeightColumnName, nameof(options.ExampleWeightColumnName));
        options.Architecture?.Validate(context);
        context.CheckDefined(options.Effort, nameof(options.Effort));
        var plan = TrainingPlan.Of(options, task);
        var recipe = plan.Recipe;
        CheckRun(context, options, plan);
        CheckLimits(context, options);
        FoldsCheck.Check(context, options, plan, task);
        InputOptionsCheck.Check(context, options, plan.Architecture);
        CheckCombinations(context, options, recipe);
        options.Checkpoints?.Validate(context);
        context.CheckDefined(options.DataCaching, nameof(options.DataCaching));
        context.CheckAtLeast(options.ShufflePoolRows, nameof(options.ShufflePoolRows), 1);
        options.Loss?.Validate(context);
        options.ClassWeights?.Validate(context);
        options.Calibration?.Validate(context);
        TaskChecks.Check(context, task, options.Loss, options.ClassWeights, options.Calibration, recipe);
        CheckLayers(context, recipe.ManifoldMixup, plan.Architecture);
        return plan;
    }

    private static void CheckRun(IExceptionContext context, NeuralNetworkOptions options, TrainingPlan plan)
    {
        plan.Schedule.Validate(context);
        plan.Optimizer.Validate(context);
        var recipe = plan.Recipe;
        recipe.Validate(context);
        recipe.Penalty?.Create();
        plan.Architecture.CheckRecipe(context, recipe);
        context.CheckAtLeast(plan.MaxEpochs, nameof(options.MaxEpochs), 1);
        context.CheckAtLeast(plan.BatchSize, nameof(options.BatchSize), plan.Architecture.NeedsTwoRowsPerBatch ? 2 : 1);
        context.CheckAbove(plan.LearningRate, nameof(options.LearningRate), 0);
        var factor = plan.Architecture.GreatestDecayFactor;
        if (plan.LearningRate * recipe.WeightDecay * factor >= 1)
        {
            throw context.ExceptUserArg(nameof(options.LearningRate), string.Create(
                CultureInfo.InvariantCulture,
                $"LearningRate * WeightDecay must be below {Bound(factor)}, since every step shrinks the weights by it, "
                + $"but LearningRate is {plan.LearningRate} and WeightDecay {recipe.WeightDecay}."));
        }
    }

    private static string Bound(double decayFactor) =>
        decayFactor == 1 ? "1" : string.Create(CultureInfo.InvariantCulture, $"1 / {decayFactor} (the architecture decays some weights {decayFactor} times as much)");

    private static void CheckLimits(IExceptionContext context, NeuralNetworkOptions options)
    {
        if (options.ValidationFraction is { } fraction)
            context.CheckFromZeroToBelowOne(fraction, nameof(options.ValidationFraction));
        if (options.TimeLimit is { } limit && limit <= TimeSpan.Zero)
            throw context.ExceptUserArg(nameof(options.TimeLimit), $"TimeLimit must be above 0, but it is {limit}.");
        if (options.GradientTolerance is { } tolerance)
            context.CheckAtLeast(tolerance, nameof(options.GradientTolerance), 0);
        if (options.InputScaling is { } scaling)
            context.CheckDefined(scaling, nameof(options.InputScaling));
    }

    private static void CheckCombinations(IExceptionContext context, NeuralNetworkOptions options, RegularizationRecipe recipe)
    {
        var columns = new TrainerColumnNames(options.FeatureColumnName, options.LabelColumnName, options.ExampleWeightColumnName, options.CategoricalColumnNames);
        foreach (var augmentation in recipe.Augmentations ?? [])
            augmentation.In(context, columns);

        if (options.MissingValues == MissingValues.Refuse && recipe.Augmentations?.FirstOrDefault(augmentation => augmentation.WritesGaps) is { } dropout)
        {
            throw context.ExceptUserArg(
                nameof(options.MissingValues), $"MissingValues is Refuse, but {dropout.Name} in the recipe's Augmentations writes missing values: take Impute, or a Replacement of Mean or Zero.");
        }

        if ((options.CategoricalColumnNames.Count > 0 || options.AllKeysAreCategories) && recipe.AdversarialTraining is { } attack)
        {
            var asked = options.AllKeysAreCategories ? "AllKeysAreCategories is true" : $"CategoricalColumnNames names '{options.CategoricalColumnNames[0]}'";
            throw context.ExceptUserArg(
                nameof(recipe.AdversarialTraining),
                $"AdversarialTraining is {attack}, which moves features by a little, but {asked}, and keys "
                + "cannot be moved: leave one of them out, or one-hot encode the categories among the features.");
        }
    }

    /// <summary>Refuses layers to mix at that the network does not have.</summary>
    private static void CheckLayers(IExceptionContext context, ManifoldMixup? mixup, NetworkArchitecture architecture)
    {
        if (mixup is { Layers: { } layers } && layers.Max() >= architecture.MixableStates)
        {
            throw context.ExceptUserArg(
                $"{nameof(ManifoldMixup)}.{nameof(mixup.Layers)}",
                $"ManifoldMixup.Layers names layer {layers.Max()}, but the last layer that Architecture {architecture} can mix at is "
                + $"{architecture.MixableStates - 1}.");
        }
    }
}
