using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>A pre-training, from rows without labels to weights: a fit whose task is a <see cref="PretextTask"/>.</summary>
internal static class PretrainingFit
{
    /// <param name="setup">The trainer's.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="pretraining">How they are learned.</param>
    public static PretrainedWeights Run(TrainerSetup setup, IDataView rows, PretrainingOptions pretraining)
    {
        var (host, architecture) = (setup.Host, setup.Plan.Architecture);
        setup = PretrainingPlan.Of(setup, pretraining);
        ColumnsCheck.Check(host, SchemaShape.Create(rows.Schema), setup.Options, architecture.Takes);
        LibTorch.CheckTrains(host, $"{architecture}");
        var view = ComputedColumnView.Create(host, rows, new NoLabelColumn());
        var watch = setup.Watch();
        using var channel = host.Start("Pre-training");
        using var run = new FitRun(setup, channel, view, FitColumns.Find(setup, view), watch);
        var (columns, data) = (run.Columns, run.Data);
        RowsThatDiffer.Check(host, data.Training, setup.Pretext!, columns.InputName, watch);
        channel.Info($"Pre-training by {setup.Pretext}.");
        using var memory = setup.HoldMemory();
        var settings = FitSettings.Of(setup.With(channel, columns, data), channel, columns, run.Key, watch) with { Checkpoint = run.Checkpoint };
        var (outcome, input) = Retraining.Train(host, channel, data, settings);
        return PretrainingResult.Of(architecture, columns, input, outcome);
    }
}
