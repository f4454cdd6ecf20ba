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
internal sealed class GroupTraining(IHost host, TrainedNetwork common, FittedColumns columns, IDataView rows, GroupOptions options, int seed)
{
    private const double RateShare = 0.5;

    // Too small to move a weight.
    private const double NoRate = 1e-30;

    private IReadOnlyList<TrainedNetwork> Members => common.IsEnsemble ? common.Members : [common];

    /// <summary>The network of a group.</summary>
    /// <param name="own">The group's rows, by their numbers.</param>
    /// <param name="pull">How strongly it is held at the common one.</param>
    public TrainedNetwork Fit(IReadOnlyList<int> own, double pull)
    {
        var members = Members.Select(member => Run(member, own, OptionsFor(member, own.Count, pull))).ToList();
        return common.IsEnsemble ? new TrainedNetwork(members, common.History, common.Shares) : members[0];
    }

    /// <summary>The loss of a group's network on other rows, the mean over the members, summed over the rows.</summary>
    /// <param name="own">The rows that it is trained on.</param>
    /// <param name="heldOut">The others.</param>
    /// <param name="pull">How strongly it is held at the common one; null for the common one itself.</param>
    public double LossOf(IReadOnlyList<int> own, IReadOnlyList<int> heldOut, double? pull) => Members.Average(member =>
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

    private ChosenRowsView RowsOf(IReadOnlyList<int> numbers) => new(host, rows, numbers);

    private NeuralNetworkOptions OptionsFor(TrainedNetwork member, int count, double pull) => columns.OptionsFor(member) with
    {
        // The pull takes the place of decay, and a schedule that of choosing an epoch.
        Recipe = member.Recipe with { WeightDecay = 0, EarlyStopping = null, WeightAveraging = null },
        FineTuning = new FineTuning { StartingPointPenalty = pull / count },
        LearningRate = options.LearningRate ?? RateShare * member.Training.LearningRate,
        Schedule = LearningRateSchedule.Linear(),
        BatchSize = options.BatchSize,
        DropsLastBatch = false,
        MaxEpochs = options.MaxEpochs,
        ValidationFraction = 0,
        Calibration = Calibration.None,
        DataCaching = DataCaching.Memory,
        Seed = seed,
        CancellationToken = options.CancellationToken,
    };
}
