using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The part of a fit that opens its checkpoint and reads its rows: where a run goes on from a checkpoint, all is as it was then.</summary>
internal sealed class FitRun : IDisposable
{
    private readonly CheckpointFolder? _folder;

    /// <param name="setup">The trainer's.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="watch">Tells when the fit is to end.</param>
    public FitRun(TrainerSetup setup, IChannel channel, IDataView view, TrainingColumns columns, FitWatch watch)
        : this(setup, channel, view, columns, watch, validationSet: null, previous: null)
    {
    }

    /// <param name="setup">The trainer's.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="watch">Tells when the fit is to end.</param>
    /// <param name="validationSet">Validation rows that take precedence over every other source; null for none.</param>
    /// <param name="previous">What the fit goes on from; null to start anew.</param>
    public FitRun(TrainerSetup setup, IChannel channel, IDataView view, TrainingColumns columns, FitWatch watch, IDataView? validationSet, TrainingOutcome? previous)
    {
        var host = setup.Host;
        _folder = setup.Options.Checkpoints is { } checkpoints ? CheckpointFolder.Open(host, checkpoints) : null;
        try
        {
            Checkpoint = _folder is null ? null : RunCheckpoint.Open(host, _folder);
            Seed = Checkpoint?.AgreeOnSeed(setup.AskedSeed, setup.Seed) ?? setup.Seed;
            Checkpoint?.Agree("options", RunFields.OfOptions(setup.Options, setup.Plan, previous, setup.Pretext));
            if (Checkpoint?.FindKeys() is { } kept && kept.Inputs.Count == columns.Input.Keys.Count)
                columns = columns.In(host, view.Schema, kept, new KeyTranslation("the training set", "the checkpoint", nameof(CheckpointOptions.Folder)));
            Columns = columns;
            Key = setup.KeyOf(Seed);
            Data = FitRows.Load(setup, channel, view, columns, validationSet, Key, watch);
            Checkpoint?.Agree("data", RunFields.OfData(Data));
            FitRows.CheckValidation(setup, Data);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Null where none is kept.</summary>
    public RunCheckpoint? Checkpoint { get; }

    public int Seed { get; }

    /// <summary>The key that all randomness of the fit comes from.</summary>
    public RandomKey Key { get; }

    /// <summary>The columns, with the checkpoint's keys.</summary>
    public TrainingColumns Columns { get; }

    public TrainingSet Data { get; }

    public void Dispose() => _folder?.Dispose();
}
