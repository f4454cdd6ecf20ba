using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Reads the rows of a fit.</summary>
internal static class FitRows
{
    /// <summary>Refuses early stopping without rows to validate on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public static void CheckValidation(TrainerSetup setup, TrainingSet data)
    {
        if (setup.Plan is { Recipe.EarlyStopping: not null, Folds: null } && data.Validation.Count == 0)
        {
            throw setup.Host.ExceptUserArg(
                nameof(setup.Plan.Recipe.EarlyStopping),
                "EarlyStopping needs validation rows: put ml.Transforms.HoldOut into the pipeline, give a ValidationSet, or set ValidationFraction above 0.");
        }
    }

    /// <summary>Refuses to choose members without rows to choose them by.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public static void CheckPruning(TrainerSetup setup, TrainingSet data)
    {
        if (setup.Plan.Architecture is TabMArchitecture { KeptMembers: { } kept } && data.Validation.Count == 0)
        {
            throw setup.Host.ExceptUserArg(
                nameof(TabMArchitecture.KeptMembers),
                $"KeptMembers is {kept}, but there are no validation rows to choose members by: put ml.Transforms.HoldOut into the pipeline, give a ValidationSet, or set "
                + "ValidationFraction above 0.");
        }
    }

    public static TrainingSet Load(
        TrainerSetup setup, IChannel channel, IDataView view, TrainingColumns columns, IDataView? validationSet, RandomKey key, FitWatch watch)
    {
        var (options, plan) = (setup.Options, setup.Plan);
        AugmentationNotices.ReportUnmixedEpochs(channel, view, plan.Recipe);
        UnmixedColumns.Report(channel, view, columns);
        var caching = options.RowCaching with { Mode = options.DataCaching, PoolRows = options.ShufflePoolRows, KeepsIds = plan.Folds is not null || EffortPlan.Applies(options) };
        var data = new TrainingSet(setup.Host, channel, view, columns, key, plan.Recipe.Augmentations, caching, watch) { IsPartOfMore = setup.IsOfGroup };
        try
        {
            data.Load(validationSet ?? options.ValidationSet, plan.ValidationFraction);
            return data;
        }
        catch (OperationCanceledException) when (watch.Interruption is { } reason)
        {
            throw watch.Nothing(reason, "while the rows were read");
        }
    }
}
