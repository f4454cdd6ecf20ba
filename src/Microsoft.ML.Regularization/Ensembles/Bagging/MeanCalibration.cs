using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Learns about the probabilities of several networks' mean, from the rows that they were not trained on; with folds these are all rows.</summary>
internal static class MeanCalibration
{
    /// <param name="channel">Is told what was learned.</param>
    /// <param name="cohort">Is over.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="priorDeviation">See <see cref="TemperatureScaling.PriorDeviation"/>; null for not at all.</param>
    public static LearnedCalibration? Of(IChannel channel, Cohort cohort, IReadOnlyList<MemberGroup> groups, double? priorDeviation)
    {
        if (priorDeviation is not { } deviation)
            return null;

        var rows = new CalibrationRows(groups[0].Rows.Target.Outputs);
        foreach (var group in groups)
            Add(rows, group, [.. group.MembersIn(cohort).Where(member => member.Outcome is not null)]);
        var calibration = TemperatureFit.Of(rows, deviation);
        if (calibration is not null)
            channel.Info($"Probabilities are calibrated: {calibration}.");
        return calibration;
    }

    private static void Add(CalibrationRows rows, MemberGroup group, IReadOnlyList<CohortMember> members)
    {
        if (members.Count == 0 || group.Labels is not { } labels)
            return;

        var outputs = group.MeanOutputs([.. members.Select(member => member.ModelOutputs)], members[0].Encoding);
        var width = group.Rows.Target.Outputs;
        var target = new float[labels.TargetSize];
        for (var row = 0; row < labels.Count; row++)
        {
            labels[row].CopyTo(target);
            members[0].Encoding.Apply(target, labelSmoothing: 0);
            rows.Add(outputs.Slice(row * width, width), target, labels[row].Weight);
        }
    }
}
