namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>What a cohort has come to.</summary>
internal static class BagHistory
{
    /// <param name="cohort">Is over.</param>
    /// <param name="groups">Its groups, in the order of the networks.</param>
    /// <param name="calibration">What was learned about the probabilities of their mean; null for nothing.</param>
    public static BagOutcome OutcomeOf(Cohort cohort, IReadOnlyList<MemberGroup> groups, LearnedCalibration? calibration)
    {
        List<CohortMember> members = [.. groups.SelectMany(group => group.MembersIn(cohort)).Where(member => member.Outcome is not null)];
        var histories = members.Select(member => member.Outcome!.History).ToList();
        var rounds = groups.Max(group => group.Reports.Count);
        var data = groups[0].Rows;
        var history = new TrainingHistory
        {
            Epochs = [.. Enumerable.Range(0, rounds).Select(round => MeanReport.Of([.. groups.Where(group => round < group.Reports.Count).Select(group => group.Reports[round])]) with { Fold = null })],
            StopReason = cohort.Interruption ?? histories[^1].StopReason,
            ModelEpoch = (int)Math.Round(histories.Average(own => own.ModelEpoch)),
            TrainingRows = data.Training.Count,
            ValidationRows = groups.Sum(group => group.Rows.Validation.Count),
            SkippedRows = data.SkippedRows,
            Calibration = calibration,
        };
        return new BagOutcome([.. members.Select(member => (member.Outcome!, member.Input, member.Plan.Settings))], history);
    }
}
