using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization;

/// <summary>Which settings a pack tried, and which of them won: see <see cref="TrainingHistory.Pack"/>. Saved with the model.</summary>
public sealed record PackReport
{
    /// <summary>What the ensemble was selected by.</summary>
    public ValidationMetric Metric { get; init; }

    /// <summary>
    /// What the ensemble has on the validation rows, so that smaller is better, as <see cref="PackMemberReport.BestLoss"/> has it of each network; null in models
    /// of earlier builds. Rows that the ensemble was selected by flatter it a little.
    /// </summary>
    public double? EnsembleLoss { get; init; }

    /// <summary>What came of each of the settings, in the order in which they were drawn; the first are those of the options.</summary>
    public required ValueList<PackMemberReport> Members { get; init; }

    /// <summary>
    /// The metric of the ensemble and that of the best network by itself; and a table with a line for each of the settings, those with most snapshots in the
    /// ensemble first; the same in every culture.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (EnsembleLoss is { } loss)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"{Metric} on the validation rows, smaller is better: the ensemble {loss:0.0000}, its best network {Members.Min(member => member.BestLoss):0.0000}").AppendLine();
        }

        text.Append("snapshots  share  best loss  at epoch    rate   decay  network, recipe");
        foreach (var member in Members.OrderByDescending(member => member.Snapshots).ThenBy(member => member.BestLoss ?? double.PositiveInfinity))
        {
            text.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"{member.Snapshots,9}  {member.Share,5:0%}  {member.BestLoss,9:0.0000}  {member.BestEpoch,8}  {member.LearningRate,6:0.0000}  {member.Recipe.WeightDecay,6:0.0000}  {member.Architecture}; {member.Recipe}");
        }

        return text.ToString();
    }
}
