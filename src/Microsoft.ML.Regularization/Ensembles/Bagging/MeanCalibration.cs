using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Learns about the probabilities of several networks' mean, from the rows that they were not trained on; with folds these are all rows.</summary>
internal static class MeanCalibration
{
    /// <param name="channel">Is told what was learned.</param>
    /// <param name="cohort">Is over.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="calibration">What is to be learned; null for nothing.</param>
    public static LearnedCalibration? Of(IChannel channel, Cohort cohort, IReadOnlyList<MemberGroup> groups, Calibration? calibration)
    {
        if (CalibrationLearner.Of(calibration, groups[0].Rows.Target.Outputs) is not { } learner)
            return null;

        foreach (var group in groups)
            Add(learner, group, [.. group.MembersIn(cohort).Where(member => member.Outcome is not null)]);
        var learned = learner.Learn();
        if (learned is not null)
            channel.Info($"Probabilities are calibrated: {learned}.");
        return learned;
    }

    private static void Add(CalibrationLearner learner, MemberGroup group, IReadOnlyList<CohortMember> members)
    {
        if (members.Count == 0 || group.Labels is not { } labels)
            return;

        var outputs = group.MeanOutputs([.. members.Select(member => member.ModelOutputs)], members[0].Encoding);
        var width = group.Rows.Target.Outputs;
        for (var row = 0; row < labels.Count; row++)
            learner.Add(outputs.Slice(row * width, width), labels[row], members[0].Encoding);
    }
}
