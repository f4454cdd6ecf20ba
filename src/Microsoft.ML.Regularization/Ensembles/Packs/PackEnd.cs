using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Turns what a pack has come to into its outcome.</summary>
/// <param name="data">All rows.</param>
/// <param name="waves">Are over.</param>
/// <param name="selection">Has an ensemble.</param>
internal sealed class PackEnd(TrainingSet data, PackWaves waves, PackSelection selection)
{
    private readonly IReadOnlyList<CohortMember> _networks = [.. waves.Networks];

    /// <param name="channel">Is told.</param>
    /// <param name="rows">The validation rows.</param>
    /// <param name="calibration">See <see cref="TrainingSettings.Calibration"/>.</param>
    public PackOutcome Finish(IChannel channel, PackRows rows, Calibration? calibration)
    {
        var mean = PackSelection.MeanOf(selection.Ensemble);
        var networks = selection.Ensemble.SelectMany(NetworksOf).ToList();
        var history = new TrainingHistory
        {
            Epochs = [.. selection.Reports],
            StopReason = waves.Interruption ?? (_networks.Any(member => member.End == StopReason.MaxEpochs) ? StopReason.MaxEpochs : StopReason.PatienceExhausted),
            ModelEpoch = selection.Round,
            TrainingRows = data.Training.Count,
            ValidationRows = rows.Labels.Count,
            SkippedRows = data.SkippedRows,
            Calibration = rows.Calibrate(mean, calibration),
            Pack = new PackReport
            {
                Metric = rows.MetricName,
                EnsembleLoss = selection.Loss,
                Members = [.. selection.Members.Where(member => member.NetworksIn(_networks).Count > 0).Select(ReportOf)],
            },
        };
        channel.Info(
            $"The pack ended after {history.Epochs.Count} epochs: {history.StopReason}. The model has {selection.Ensemble.Count} snapshots of "
            + $"{selection.Ensemble.DistinctBy(snapshot => snapshot.Member).Count()} of {history.Pack.Members.Count} networks.{Environment.NewLine}{history.Pack}");
        if (history.Calibration is not null)
            channel.Info($"Probabilities are calibrated: {history.Calibration}.");
        return new PackOutcome([.. networks], history) { OutOfFold = rows.OutOfFold(mean) };
    }

    private IEnumerable<(TrainingOutcome Outcome, InputLayout Input, TrainingSettings Settings)> NetworksOf(PackSnapshot snapshot) =>
        selection.Members[snapshot.Member].NetworksIn(_networks).Select((network, fold) =>
        {
            // A network that has come to nothing later on shares the scales of others on the same rows.
            var scales = network.Outcome ?? _networks.First(other => other.Outcome is not null && other.Plan.Place.Fold == network.Plan.Place.Fold).Outcome!;
            var history = scales.History with { Epochs = [.. network.Epochs], ModelEpoch = snapshot.Epoch };
            return (scales with { Weights = snapshot.Weights[fold], History = history }, network.Input, network.Plan.Settings);
        });

    private PackMemberReport ReportOf(PackMember member)
    {
        var snapshots = selection.Ensemble.Count(snapshot => snapshot.Member == member.Number);
        return new PackMemberReport
        {
            Architecture = member.Settings.Architecture,
            Recipe = member.Settings.Recipe,
            LearningRate = member.Settings.LearningRate,
            Epochs = member.NetworksIn(_networks).Max(network => network.Epochs.Count),
            BestEpoch = member.Best?.Epoch ?? 0,
            BestLoss = member.Best is null ? null : member.BestLoss,
            Snapshots = snapshots,
            Share = (double)snapshots / selection.Ensemble.Count,
        };
    }
}
