using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Trains the common network further on the rows of a group.</summary>
/// <param name="host">The environment.</param>
/// <param name="common">The common network.</param>
/// <param name="columns">The columns that it was fitted on.</param>
/// <param name="rows">Rows as it reads them; they can be read at any place.</param>
/// <param name="options">How to train.</param>
/// <param name="seed">Where the order of rows and noise come from.</param>
/// <param name="epochs">Is told of every epoch; null for nobody.</param>
internal sealed class GroupTraining(
    IHost host, TrainedNetwork common, FittedColumns columns, IDataView rows, GroupOptions options, int seed, IProgress<EpochReport>? epochs = null)
{
    // Too small to move a weight.
    private const double NoRate = 1e-30;

    private IReadOnlyList<TrainedNetwork> Members => common.IsEnsemble ? common.Members : [common];

    /// <summary>A group with a network of its own, or with what keeps it from having one.</summary>
    /// <param name="group">The group without.</param>
    /// <param name="own">Its rows, by their numbers.</param>
    /// <param name="pull">How strongly the network is held at the common one.</param>
    public GroupFit TryFit(GroupFit group, IReadOnlyList<int> own, double pull)
    {
        try
        {
            return group with { Network = Fit(own, pull) };
        }
        catch (InvalidOperationException exception)
        {
            return group with { Problem = exception.Message };
        }
    }

    /// <summary>The loss of a group's network on other rows, summed over them, and that of the common one where the group's cannot be trained.</summary>
    /// <param name="own">The rows that it is trained on.</param>
    /// <param name="heldOut">The others.</param>
    /// <param name="pull">How strongly it is held at the common one; null for the common one itself.</param>
    /// <returns>0 where the rows cannot be measured either.</returns>
    public double TryLoss(IReadOnlyList<int> own, IReadOnlyList<int> heldOut, double? pull)
    {
        try
        {
            return LossOf(own, heldOut, pull);
        }
        catch (InvalidOperationException)
        {
            return pull is null ? 0 : TryLoss(own, heldOut, pull: null);
        }
    }

    private TrainedNetwork Fit(IReadOnlyList<int> own, double pull)
    {
        var members = Members.Select(member => Run(member, own, OptionsFor(member, own.Count, pull))).ToList();
        return common.IsEnsemble ? new TrainedNetwork(members, common.History, common.Shares) : members[0];
    }

    // The mean over the members.
    private double LossOf(IReadOnlyList<int> own, IReadOnlyList<int> heldOut, double? pull) => Members.Average(member =>
    {
        var tuned = OptionsFor(member, own.Count, pull ?? 0);
        var history = Run(member, own, pull is null ? tuned with { LearningRate = NoRate, MaxEpochs = 1 } : tuned, heldOut).History;
        return history.Epochs[^1].ValidationLoss!.Value * history.ValidationRows;
    });

    private TrainedNetwork Run(TrainedNetwork member, IReadOnlyList<int> own, NeuralNetworkOptions tuned, IReadOnlyList<int>? heldOut = null)
    {
        var setup = new TrainerSetup(host, "GroupFit", member.Task, tuned) { IsOfGroup = true };
        var (network, _) = NetworkFit.Run(setup, RowsOf(own), heldOut is null ? null : RowsOf(heldOut), member);
        if (network.History.StopReason is StopReason.Cancelled)
            throw new OperationCanceledException(options.CancellationToken);
        if (network.History.StopReason is StopReason.Diverged)
            throw host.Except("Training on the rows of the group diverged.");
        return Calibrated(network, member.History.Calibration);
    }

    // A group's few rows calibrate nothing.
    private TrainedNetwork Calibrated(TrainedNetwork network, LearnedCalibration? calibration) => new(
        host, network.Task, network.Architecture, network.Recipe, network.Training, network.Input, network.Outputs,
        network.Outcome with { History = network.History with { Calibration = calibration } }, network.Keys);

    private NeuralNetworkOptions OptionsFor(TrainedNetwork member, int count, double pull) =>
        GroupTuning.Of(columns.OptionsFor(member), member.Training.LearningRate, options, count, pull) with { Seed = seed, Progress = epochs };

    private ChosenRowsView RowsOf(IReadOnlyList<int> numbers) => new(host, rows, numbers);
}
