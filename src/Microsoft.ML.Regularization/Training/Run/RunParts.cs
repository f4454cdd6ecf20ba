using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The parts of a run besides its rows: the network, and the objects that gather its batches, train it and evaluate it.</summary>
internal sealed class RunParts : IDisposable
{
    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Receives messages about the learned scales.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The run's.</param>
    /// <exception cref="OperationCanceledException">The fit ended while scales were learned.</exception>
    public RunParts(IHost host, IChannel channel, ITrainingData data, TrainingSettings settings)
    {
        var target = data.Target;
        Input = new RunInput(host, channel, data, settings);
        Pretext = Input.CreatePretext(data, settings);
        Trained = new TrainingNetwork(settings, Input.Filled, Input.Scales.Input, Pretext?.Outputs ?? target.Outputs, Input.Scales.Edges);
        try
        {
            // A single row that is left joins the batch before.
            var capacity = (int)Math.Min(settings.BatchSize, Math.Min(data.Training.Count, int.MaxValue - 1)) + 1;
            Collator = new Collator(
                Input.Encoding, capacity, Input.Filled, target.TargetSize, settings.Device, data.TrainingSummary.MeanWeight, Input.Scales.Imputation,
                Input.Scales.Input, findsGiven: settings.Recipe.AdversarialTraining is not null || Pretext is not null);
            var objective = Pretext?.Objective ?? (settings.Loss ?? data.Task.DefaultLoss).CreateObjective(settings.Recipe);
            Evaluator = Pretext is not null ? new PretextEvaluator(Trained.Network, Pretext, settings.Watch)
                : new Evaluator(Trained.Network, target, objective, Input.Encoding, settings.Watch, keepsOutputs: settings.Place is not null) { Calibration = settings.Calibration };
            var refresh = new StatisticsRefresh(
                () => data.Training, Trained.Network, Collator, settings.BatchSize, settings.Key.Derive("order of refresh"), settings.Watch);
            Step = new TrainingStep(Trained, objective, refresh, settings);
            Probe = NetworkInitialization.Run(host, channel, data, settings, this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public RunInput Input { get; }

    public TrainingNetwork Trained { get; }

    public Collator Collator { get; }

    public TrainingStep Step { get; }

    public IEvaluator Evaluator { get; }

    /// <summary>What is asked of rows without labels; null where they have labels.</summary>
    public Pretext? Pretext { get; }

    /// <summary>What was found where the head was fitted; null where it was not.</summary>
    public ProbedHead? Probe { get; }

    /// <summary>Logs what is trained, and on what.</summary>
    public void Report(IChannel channel, ITrainingData data, TrainingSettings settings)
    {
        var parameters = Trained.Parameters;
        channel.Info(
            $"{(settings.Previous is null ? "Training" : "Training on")} {settings.Architecture} with {parameters.Count} parameters, "
            + $"of which {parameters.DecayedCount} are decayed, on {data.Training.Count} rows, validating on {data.Validation.Count}, "
            + $"device {settings.Device}. Optimizer: {settings.Optimizer}. Recipe: {settings.Recipe}.");
        Input.Report(channel, settings.BatchSize);
    }

    public void Dispose()
    {
        Step?.Dispose();
        Collator?.Dispose();
        Pretext?.Dispose();
        Trained?.Dispose();
    }
}
