using System.Globalization;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Leaves a trained network the members whose mean is the best on the validation rows: see <see cref="TabMArchitecture.KeptMembers"/>.</summary>
/// <param name="host">Makes errors.</param>
/// <param name="channel">Is told which members stay.</param>
/// <param name="data">The rows.</param>
/// <param name="settings">Those that the network was trained with.</param>
internal sealed class MemberPruning(IHost host, IChannel channel, ITrainingData data, TrainingSettings settings)
{
    /// <param name="architecture">The network's.</param>
    /// <param name="kept">How many members stay.</param>
    /// <param name="outcome">What was trained.</param>
    /// <param name="input">The network's input, before missing numbers are filled in.</param>
    /// <returns>The network with these members, and probabilities calibrated anew; as it was where the fit ends before they are chosen.</returns>
    public (TabMArchitecture Architecture, TrainingOutcome Outcome) Prune(TabMArchitecture architecture, int kept, TrainingOutcome outcome, InputLayout input)
    {
        try
        {
            var rows = new PruningRows(data, outcome, input);
            var parts = new TrainedParts(host, settings.Recipe, rows.Filled, data.Target.Outputs, outcome.Weights, outcome.InputScaler);
            var encoding = data.Target.CreateEncoding(host, data.LabelColumnName, data.TrainingSummary, settings.ClassWeights, outcome.TargetScale);
            var members = rows.Score(architecture.CreateMemberScorer(parts), architecture.Members * data.Target.Outputs);
            if (Choose(rows, members, architecture.Members, kept, encoding.ClassWeights) is not { } chosen)
                return (architecture with { KeptMembers = null }, outcome);

            var weights = MemberChoice.Of(outcome.Weights, architecture.Members, chosen);
            var pruned = architecture with { Members = chosen.Count, KeptMembers = null };
            var learner = CalibrationLearner.Of(settings.Calibration, data.Target.Outputs);
            var outputs = learner is null ? [] : rows.Score(pruned.CreateScorer(parts with { Weights = weights }), data.Target.Outputs);
            for (var row = 0; row < rows.Labels.Count; row++)
                learner?.Add(outputs.AsSpan(row * data.Target.Outputs, data.Target.Outputs), rows.Labels[row], encoding);
            return (pruned, outcome with { Weights = weights, History = outcome.History with { Calibration = learner?.Learn() } });
        }
        catch (OperationCanceledException) when (settings.Watch.Interruption is not null)
        {
            channel.Warning("The fit ended before members were chosen: all of them stay.");
            return (architecture with { KeptMembers = null }, outcome);
        }
    }

    private List<int>? Choose(PruningRows rows, float[] outputs, int members, int kept, IReadOnlyList<float>? classWeights)
    {
        var metric = EnsembleMetrics.Create(ValidationMetric.Loss, rows.Labels, data.Target.ClassCount is not null, classWeights?.ToArray());
        var pool = Enumerable.Range(0, members).Select(member => metric.Reduce(rows.PredictionsOf(outputs, members, member))).ToList();
        var greedy = new GreedySelection { MostMembers = kept, FillsUp = true };
        if (greedy.Select(pool, metric) is not { } selection)
        {
            channel.Warning("No member predicts the validation rows by finite numbers: all of them stay.");
            return null;
        }

        var others = new float[pool[0].Length];
        foreach (var member in pool.SkipLast(1))
            System.Numerics.Tensors.TensorPrimitives.Add(others, member, others);
        var chosen = selection.Members.Order().ToList();
        channel.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Of {members} members {chosen.Count} stay, chosen by {rows.Labels.Count} validation rows: {string.Join(", ", chosen.Select(member => member + 1))}. ")
            + string.Create(CultureInfo.InvariantCulture, $"Their mean has a loss of {selection.Loss:0.00000}, that of all members {metric.Measure(others, pool[^1], members):0.00000}."));
        return chosen;
    }
}
