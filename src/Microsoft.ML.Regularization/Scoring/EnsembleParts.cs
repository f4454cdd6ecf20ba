using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>What several networks that predict together have in common, and where they differ.</summary>
internal static class EnsembleParts
{
    /// <summary>In front of the names of a network's tensors.</summary>
    /// <param name="member">Which network, from 0.</param>
    public static string PrefixOf(int member) => $"members.{member}.";

    /// <summary>How much each network counts where all count alike.</summary>
    public static IReadOnlyList<double> Alike(int members) => PredictionMean.Alike(members);

    /// <summary>The weights of all networks, whose memory they share, under names with a prefix for each network.</summary>
    public static NetworkWeights Join(IReadOnlyList<TrainedNetwork> members) =>
        new([.. members.SelectMany((member, i) => member.Weights.Select(tensor => tensor with { Name = PrefixOf(i) + tensor.Name }))]);

    /// <summary>Those of one network among the weights of all.</summary>
    public static NetworkWeights Of(NetworkWeights joined, int member)
    {
        var prefix = PrefixOf(member);
        return new NetworkWeights(
            [.. joined.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor with { Name = tensor.Name[prefix.Length..] })]);
    }

    /// <summary>The result of training several networks, of which each has its own.</summary>
    public static TrainingOutcome OutcomeOf(IReadOnlyList<TrainedNetwork> members, TrainingHistory history) =>
        new(Join(members), history, InputScaler: null, members[0].Task.ScaleOfMean);

    /// <summary>Turns the outputs of one of a model's networks into its prediction, with probabilities calibrated as those of the mean are.</summary>
    public static OutputLink LinkOf(TrainedNetwork model, TrainedNetwork member) => model.Task.CreateLink(member.Outcome.TargetScale, model.History.Calibration);

    /// <summary>Scores by the mean of the networks.</summary>
    public static INetworkScorer CreateScorer(IReadOnlyList<TrainedNetwork> members, IReadOnlyList<double> shares)
    {
        var mean = members[0].Task.CreateMean(members[0].Outputs, [.. members.Select(member => member.Outcome.TargetScale)], shares);
        return members.All(member => member.Scorer is ISparseScorer) ? new SparseEnsembleScorer(members, mean) : new EnsembleScorer(members, mean);
    }
}
