using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Faults of the rows. To add one, copy one.</summary>
internal static class RowRules
{
    // So few rows say little.
    private const int LeastRows = 50;

    // An honest split shares as many rows as repeat in the training rows.
    private const double MostShared = 0.01;
    private const int LeastShared = 3;

    // Of the rows that a model is surest of, an honest table has few wrong: those of hard ones, such as credits, have 9 %.
    private const double MostWrong = 0.1;
    private const double UsualSmoothing = 0.1;

    public static IReadOnlyList<FaultRule> All { get; } =
    [
        new(
            TrainingFault.SharedRows,
            FindingSeverity.Error,
            run => run.Shared is { } shared && shared.Shared >= LeastShared && shared.Share > MostShared + 2 * shared.Expected,
            run => Invariant($"{run.Shared!.Shared:N0} of {run.Shared.Validation:N0} validation rows stand among the training rows, and {run.Shared.Expected:0.0%} of the training rows repeat each other"),
            "Split anew, so that equal rows come to one side: TrainTestSplit with samplingKeyColumnName, and Folds with SamplingKeyColumnName"),
        new(
            TrainingFault.LeakingColumn,
            FindingSeverity.Error,
            run => run.Table?.Leaks.Count > 0,
            run => $"Alone, or two of them together, they give the label away; each by itself tells, on rows left out, of what there is to know: {string.Join(", ", run.Table!.Leaks.Select(leak => Invariant($"{leak.Name} {leak.Tells:0.0%}")))}",
            "Leave the column out of the features, unless it is known before the label is"),
        new(
            TrainingFault.ConstantColumn,
            FindingSeverity.Warning,
            run => run.Table?.Constants.Any() == true,
            run => $"One value in all rows: {string.Join(", ", run.Table!.Constants)}",
            "Find out why it is empty, or leave it out"),
        new(
            TrainingFault.ShiftedColumn,
            FindingSeverity.Error,
            run => run.Table?.Shifted.Any() == true,
            run => $"Several values on one side, and one on the other: {string.Join(", ", run.Table!.Shifted)}",
            "Fill the column on both sides alike, or leave it out: a model that relies on it is wrong where it is empty"),
        new(
            TrainingFault.NoSignal,
            FindingSeverity.Error,
            run => run.Validation is not null && Signal.Of(run.Validation).IsNone && (run.ReferenceValidation is null || Signal.Of(run.ReferenceValidation).IsNone),
            run => $"Of two validation rows the one with the greater label has the greater prediction{Words(Signal.Of(run.Validation!))}{(run.ReferenceValidation is null ? "" : $"; by a plain perceptron{Words(Signal.Of(run.ReferenceValidation))}")}",
            "Check that labels belong to their rows, for instance after a join or a sort; if they do, these columns do not tell the label"),
        new(
            TrainingFault.NoisyLabels,
            FindingSeverity.Warning,
            run => run is { HasClasses: true, Best.Count: >= LeastRows } && Signal.Of(run.Best).IsSure && SurestRows.WrongAmong(run.Best) is var wrong && wrong.IsAbove(MostWrong, 1),
            run => SurestRows.WrongAmong(run.Best!) is var wrong ? Invariant($"Of the quarter of validation rows that are predicted most surely {wrong.Mean:0.0%} are wrong (standard error {wrong.Error:0.0%}), where right labels leave nearly none") : "",
            "Look at the rows of greatest loss (Report with WorstRows); until they are put right, smooth the labels",
            run => run.Recipe.LabelSmoothing >= UsualSmoothing ? null : options => options with { Recipe = (options.Recipe ?? run.Recipe) with { LabelSmoothing = UsualSmoothing } }),
    ];

    private static string Words(Signal signal) => Invariant($" in {signal.Concordance:0.0%} of the pairs, where chance has 50 % (standard error {signal.Error:0.0%})");
}
