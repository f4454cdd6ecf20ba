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
        if (setup.Options.DistillInto is null)
            return TrainTeacher(channel, view, data, settings, previous).Network;

        var fit = new StudentFit(setup, columns);
        var teacher = TrainTeacher(channel, view, data, fit.OfTeacher(data, settings), previous);
        return fit.Train(channel, view, data, settings, teacher) is { } student
            ? NetworkOf(setup.Student(), student.Outcome, student.Input, student.Settings)
            : Interrupted(teacher.Network, fit.Interruption!.Value);
    }

    private TrainedTeacher TrainTeacher(IChannel channel, IDataView view, TrainingSet data, TrainingSettings settings, TrainedNetwork? previous)
    {
        if (setup.Plan.Folds is not null)
            settings = FoldFit.WithFlags(columns, data, settings);
        if (setup.Options.Pack is { } pack)
            return TrainPack(channel, view, data, settings, pack, previous);
        if (setup.Plan is { Members: 1, Folds: null })
        {
            // A pack may have come to a single network.
            var (outcome, input, own) = OneNetworkFit.Train(setup, channel, data, settings, previous?.Members.SingleOrDefault() ?? previous);
            return new TrainedTeacher(NetworkOf(setup, outcome, input, own), [], OutOfFold: null);
        }

        var bag = new BagPlan(setup.Plan.Members)
        {
            Folds = FoldFit.Split(setup, channel, view, data, settings),
            Previous = previous?.Members.Select(member => (member.Architecture, member.Outcome)).ToList() ?? [],
        };
        var trained = BagTraining.Train(setup.Host, channel, data, settings, bag);
        return new TrainedTeacher(new TrainedNetwork([.. trained.Members.Select(member => NetworkOf(setup, member.Outcome, member.Input, member.Settings))], trained.History), bag.Folds, trained.OutOfFold);
    }

    private TrainedTeacher TrainPack(IChannel channel, IDataView view, TrainingSet data, TrainingSettings settings, PackOptions pack, TrainedNetwork? previous)
    {
        if (previous is not null)
            throw setup.Host.ExceptUserArg(nameof(NeuralNetworkOptions.Pack), "Pack starts new networks, but training is to go on from a model: leave Pack null.");

        var folds = FoldFit.Split(setup, channel, view, data, settings);
        var trained = PackTraining.Train(setup.Host, channel, data, folds, settings, pack, FitSettings.OfTabM(setup, channel, columns, data, settings));
        var networks = trained.Networks.Select(network => NetworkOf(setup, network.Outcome, network.Input, network.Settings));
        return new TrainedTeacher(new TrainedNetwork([.. networks], trained.History), folds, trained.OutOfFold);
    }

    private TrainedNetwork Interrupted(TrainedNetwork teacher, StopReason reason)
    {
        var history = teacher.History with { StopReason = reason };
        return teacher.IsEnsemble
            ? new TrainedNetwork(teacher.Members, history)
            : NetworkOf(setup, teacher.Outcome with { History = history }, teacher.Input);
    }

    private TrainedNetwork NetworkOf(TrainerSetup trained, TrainingOutcome outcome, InputLayout input, TrainingSettings? own = null) => new(
        setup.Host,
        setup.Task,
        own?.Architecture ?? trained.Plan.Architecture,
        own?.Recipe ?? trained.Plan.Recipe,
        trained.RecordOf(seed, own),
        input,
        columns.Target.Outputs,
        outcome,
        columns.Keys);
}
