using Microsoft.ML.Regularization.Ensembles;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The part of a fit that trains: one network, or several: see <see cref="NeuralNetworkOptions.Members"/> and
/// <see cref="NeuralNetworkOptions.Folds"/>.</summary>
/// <param name="setup">The trainer's.</param>
/// <param name="columns">The rows' columns.</param>
/// <param name="seed">Where all randomness comes from.</param>
internal sealed class NetworkTraining(TrainerSetup setup, TrainingColumns columns, int seed)
{
    /// <param name="channel">Receives messages.</param>
    /// <param name="view">The rows.</param>
    /// <param name="data">The same, read.</param>
    /// <param name="settings">Those of every network.</param>
    /// <param name="previous">What to continue from; null to start anew.</param>
    public TrainedNetwork Train(IChannel channel, IDataView view, TrainingSet data, TrainingSettings settings, TrainedNetwork? previous)
    {
        // All folds embed the same numbers.
        if (setup.Plan.Folds is not null && setup.Plan.Architecture.UsedEmbedding is not null)
            settings = settings with { Flags = [.. FlagSearch.Find(data, columns.Input.Layout, watch: null).Select(flag => flag.Number)] };
        if (setup.Options.Pack is { } pack)
            return TrainPack(channel, view, data, settings, pack, previous);
        if (setup.Plan.Architecture is TabMArchitecture { KeptMembers: { } kept } architecture)
        {
            var (outcome, input) = Retraining.Train(setup.Host, channel, data, Once(settings) with { Previous = previous?.Outcome });
            var pruned = new MemberPruning(setup.Host, channel, data, settings).Prune(architecture, kept, outcome, input);
            return NetworkOf(pruned.Outcome, input, settings with { Architecture = pruned.Architecture });
        }

        if (setup.Plan is { Members: 1, Folds: null })
        {
            var (outcome, input) = Retraining.Train(setup.Host, channel, data, settings with { Previous = previous?.Outcome });
            return NetworkOf(outcome, input);
        }

        var bag = new BagPlan(setup.Plan.Members)
        {
            Folds = FoldFit.Split(setup, channel, view, data, settings),
            Previous = previous?.Members.Select(member => member.Outcome).ToList() ?? [],
        };
        var trained = BagTraining.Train(setup.Host, channel, data, settings, bag);
        return new TrainedNetwork([.. trained.Members.Select(member => NetworkOf(member.Outcome, member.Input))], trained.History);
    }

    // Rows that members are chosen by must not be trained on.
    private static TrainingSettings Once(TrainingSettings settings) => settings with
    {
        Recipe = settings.Recipe with { EarlyStopping = settings.Recipe.EarlyStopping is { } stopping ? stopping with { RetrainsOnAllRows = false } : null },
    };

    private TrainedNetwork TrainPack(IChannel channel, IDataView view, TrainingSet data, TrainingSettings settings, PackOptions pack, TrainedNetwork? previous)
    {
        if (previous is not null)
            throw setup.Host.ExceptUserArg(nameof(NeuralNetworkOptions.Pack), "Pack starts new networks, but training is to go on from a model: leave Pack null.");

        var trained = PackTraining.Train(setup.Host, channel, data, FoldFit.Split(setup, channel, view, data, settings), settings, pack);
        return new TrainedNetwork([.. trained.Networks.Select(network => NetworkOf(network.Outcome, network.Input, network.Settings))], trained.History);
    }

    private TrainedNetwork NetworkOf(TrainingOutcome outcome, InputLayout input, TrainingSettings? own = null) => new(
        setup.Host,
        setup.Task,
        own?.Architecture ?? setup.Plan.Architecture,
        own?.Recipe ?? setup.Plan.Recipe,
        FitSettings.Record(setup, seed) with { LearningRate = own?.LearningRate ?? setup.Plan.LearningRate },
        input,
        columns.Target.Outputs,
        outcome,
        columns.Keys);
}
