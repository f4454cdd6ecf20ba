using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Faults of the rate and the length of a run. To add one, copy one.</summary>
internal static class RunRules
{
    // A rate this far off the usual one is off on purpose or by a slip.
    private const double FarRate = 10;

    // Of the fall of the loss the share that the last tenth of a run had: a run that is over has none.
    private const double LateFall = 0.02;

    // Without a reference only a constant rate tells: others end while the loss falls.
    // A run of so few epochs is not over either way.
    private const int FewEpochs = 10;
    private const double ManyJumps = 0.15;

    public static IReadOnlyList<FaultRule> All { get; } =
    [
        new(
            TrainingFault.RateTooHigh,
            FindingSeverity.Error,
            run => run.History.StopReason == StopReason.Diverged || (run.RelativeRate >= FarRate && (run.IsWorse ?? run.Jumps > ManyJumps)),
            run => Invariant($"{run.History.StopReason} after {run.History.Epochs.Count} epochs; the rate of {run.Network.Training.LearningRate:G3} is {run.RelativeRate:G2} times the usual one, and in {run.Jumps:0%} of the epochs the training loss rose by a tenth{RunWords.OnValidation(run)}"),
            "Take the usual rate",
            run => options => options with { LearningRate = run.UsualRate }),
        new(
            TrainingFault.RateTooLow,
            FindingSeverity.Error,
            run => run.RelativeRate <= 1 / FarRate && (run.IsWorse ?? run.LateFall > LateFall),
            run => Invariant($"The rate of {run.Network.Training.LearningRate:G3} is {run.RelativeRate:G2} times the usual one; the training loss went from {run.History.Epochs[0].TrainingLoss:0.000} to {run.History.Epochs[^1].TrainingLoss:0.000}{RunWords.OnValidation(run)}"),
            "Take the usual rate",
            run => options => options with { LearningRate = run.UsualRate }),
        new(
            TrainingFault.TooShort,
            FindingSeverity.Warning,
            run => run.WasCut && (run.IsWorse ?? run.Network.Training.Schedule is ConstantSchedule) && !run.Weight.IsHeavy && (run.LateFall > LateFall || (run.IsWorse == true && run.History.Epochs.Count <= FewEpochs)) && run.RelativeRate < FarRate,
            run => Invariant($"{run.History.StopReason} after {run.History.Epochs.Count} epochs; {Math.Min(1, run.LateFall):0%} of the fall of the loss was in the last {(run.LastTenth == 1 ? "one" : Invariant($"{run.LastTenth}"))}{RunWords.OnValidation(run)}"),
            "Let it train four times as long, and end by early stopping",
            run => options => options with
            {
                MaxEpochs = Math.Max(100, 4 * run.History.Epochs.Count),
                TimeLimit = null,
                Recipe = (options.Recipe ?? run.Recipe) with { EarlyStopping = (options.Recipe ?? run.Recipe).EarlyStopping ?? new EarlyStopping() },
            }),
    ];
}
