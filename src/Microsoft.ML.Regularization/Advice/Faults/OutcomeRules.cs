using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>What training came to. To add a fault, copy one.</summary>
internal static class OutcomeRules
{
    // Of the log-loss what a temperature saves where it is worth a word.
    private const double LeastGain = 0.05;
    private const double GainErrors = 4;
    private const int LeastRows = 100;

    public static IReadOnlyList<FaultRule> All { get; } =
    [
        new(
            TrainingFault.Underfitting,
            FindingSeverity.Warning,
            run => run is { IsWorse: true, LearnsLess: true },
            run => Invariant($"It knows the training rows worse than a plain perceptron{RunWords.OnTraining(run)}{RunWords.OnValidation(run)}"),
            "Leave network and training to the default effort",
            _ => Open) { IsLastResort = true },
        new(
            TrainingFault.Overfitting,
            FindingSeverity.Warning,
            run => run is { IsWorse: true, LearnsLess: false } || (run.IsWorse is null && RiseSinceBest(run.History) > RunEvidence.LeastShare),
            run => RiseSinceBest(run.History) is var rise && run.IsWorse is null
                ? Invariant($"The validation loss of the model is {rise:0%} above its least one")
                : Invariant($"It knows the training rows better than a plain perceptron that stops early{RunWords.OnTraining(run)}{RunWords.OnValidation(run)}"),
            "Stop early, with dropout and weight decay",
            run => options => options with { Recipe = RegularizationRecipe.SmallDataset with { LabelSmoothing = run.HasClasses ? run.Recipe.LabelSmoothing : 0 } }) { IsLastResort = true },
        new(
            TrainingFault.Miscalibrated,
            FindingSeverity.Warning,
            run => run is { HasClasses: true, Validation.Count: >= LeastRows } && TemperatureGain.Of(run.Validation.Rows) is var gain && gain.Gain.IsAbove(0, GainErrors) && gain.Gain.Mean > LeastGain * run.Validation.Loss,
            run => TemperatureGain.Of(run.Validation!.Rows) is var gain ? Invariant($"Probabilities are too {(gain.Temperature > 1 ? "" : "un")}sure: a temperature of {gain.Temperature:0.00} takes {gain.Gain.Mean / run.Validation.Loss:0%} off the log-loss ({gain.Gain.Mean:0.0000}, standard error {gain.Gain.Error:0.0000})") : "",
            "Calibrate by rows that are not trained on; with folds these are all rows",
            run => options => OnFolds(options) with { Calibration = run.Network.Training.ClassWeights is null ? null : Calibration.Affine() }),
    ];

    // What the effort decides where it is left open.
    private static NeuralNetworkOptions Open(NeuralNetworkOptions options) => options with
    {
        Architecture = null, Recipe = null, Optimizer = null, LearningRate = null, Schedule = null, BatchSize = null, MaxEpochs = null, InputScaling = null, ImageShape = null,
    };

    private static NeuralNetworkOptions OnFolds(NeuralNetworkOptions options) => options with
    {
        Folds = options.Folds ?? 5,
        ValidationFraction = null,
        ValidationSet = null,
        Recipe = options.Recipe is { EarlyStopping: { RetrainsOnAllRows: true } stopping } recipe ? recipe with { EarlyStopping = stopping with { RetrainsOnAllRows = null } } : options.Recipe,
    };

    private static double RiseSinceBest(TrainingHistory history)
    {
        var losses = history.Epochs.Where(epoch => epoch.ValidationLoss is not null).ToDictionary(epoch => epoch.Epoch, epoch => epoch.ValidationLoss!.Value);
        return losses.TryGetValue(history.ModelEpoch, out var own) && losses.Values.Min() is > 0 and var least ? own / least - 1 : 0;
    }
}
