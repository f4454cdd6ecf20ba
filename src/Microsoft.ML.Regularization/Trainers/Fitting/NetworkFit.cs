using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>One fit, from rows to a trained network.</summary>
internal static class NetworkFit
{
    /// <param name="setup">The trainer's.</param>
    /// <param name="view">The training rows.</param>
    /// <param name="validationSet">Validation rows that take precedence over every other source; null for none.</param>
    /// <param name="previous">The network to continue from; null to start a new one.</param>
    /// <returns>The network, and the rows' columns as they are when it scores.</returns>
    public static (TrainedNetwork Network, DataViewSchema Scored) Run(TrainerSetup setup, IDataView view, IDataView? validationSet, TrainedNetwork? previous)
    {
        if (previous is not null)
            setup = setup.Behind(previous);
        var (host, task) = (setup.Host, setup.Task);
        PretrainedStart.Check(setup, previous);
        FitColumns.OutputsOf(setup, SchemaShape.Create(view.Schema));
        if (validationSet is not null)
            FitColumns.OutputsOf(setup, SchemaShape.Create(validationSet.Schema));
        LibTorch.CheckTrains(host, $"{setup.Plan.Architecture}");
        var watch = setup.Watch();
        using var channel = host.Start("Training");
        var columns = FitColumns.Find(setup, view);
        setup = setup.For(channel, columns);
        var plan = setup.Plan;
        FoldFit.Check(setup, view, columns, validationSet, previous);
        if (previous is not null)
            columns = FitColumns.Behind(setup, previous, columns, view.Schema);
        using var run = new FitRun(setup, channel, view, columns, watch, validationSet, previous?.Outcome);
        (columns, var data) = (run.Columns, run.Data);
        FitRows.CheckPruning(setup, data);
        setup = setup.For(channel, view, columns, data, validationSet is not null, previous is not null, watch);
        var settings = FitSettings.Of(setup, channel, columns, run.Key, watch) with { Checkpoint = run.Checkpoint };
        channel.Info(LibTorch.Describe(host, settings.Device, plan.Architecture.TeamThreads, plan.Architecture.ScoresInManagedCode));
        using var memory = setup.HoldMemory();
        var network = new NetworkTraining(setup, columns, run.Seed).Train(channel, view, data, settings, previous);
        var classes = columns.ClassTranslation is null ? null : columns.Keys.Label!.ToArray();
        return (network, ScoringSchema.Of(view.Schema, columns.Label.Name, task, classes));
    }

    /// <summary>A learning-rate range test.</summary>
    /// <param name="setup">The trainer's.</param>
    /// <param name="view">The training rows.</param>
    /// <param name="range">The rates to try.</param>
    public static LearningRateCurve TryRates(TrainerSetup setup, IDataView view, LearningRateRange range)
    {
        PretrainedStart.Check(setup, previous: null);
        range.Validate(setup.Host, setup.Plan.Recipe.WeightDecay, setup.Plan.Architecture.GreatestDecayFactor);
        LibTorch.CheckTrains(setup.Host, $"{setup.Plan.Architecture}");
        var watch = setup.Watch();
        using var channel = setup.Host.Start("Finding a learning rate");
        var key = setup.KeyOf(setup.Seed);
        var columns = FitColumns.Find(setup, view);
        setup = setup.For(channel, columns);
        var rows = FitRows.Load(setup, channel, view, columns, validationSet: null, key, watch);
        using var memory = setup.HoldMemory();
        using var run = TrainingRun.Start(setup.Host, channel, rows, FitSettings.Of(setup.With(channel, columns, rows), channel, columns, key, watch));
        return new LearningRateTest(range).Run(run, channel);
    }
}
