using static Microsoft.ML.Regularization.Benchmarks.Faults.FaultTable;

namespace Microsoft.ML.Regularization.Benchmarks.Faults;

/// <summary>The cases. To add one, copy one.</summary>
internal static class FaultCases
{
    private static readonly RegularizationRecipe Small = RegularizationRecipe.SmallDataset;

    public static IReadOnlyList<FaultCase> Planted { get; } =
    [
        new("a fifth of the labels wrong", TrainingFault.NoisyLabels, Disc, Digits) { Rows = rows => rows.Noise(0.2) },
        new("a fifth of the labels wrong", TrainingFault.NoisyLabels, BreastCancer, Wine) { Rows = rows => rows.Noise(0.2) },
        new("two fifths of the labels wrong", TrainingFault.NoisyLabels, Digits, Sums) { Rows = rows => rows.Noise(0.4) },
        new("a column that gives the label away", TrainingFault.LeakingColumn, Credit, Digits) { Rows = rows => rows.Leak() },
        new("a column that gives the label away", TrainingFault.LeakingColumn, Friedman, Waves) { Rows = rows => rows.Leak() },
        new("two epochs", TrainingFault.TooShort, Digits, Sums) { Options = options => options with { MaxEpochs = 2 } },
        new("five epochs", TrainingFault.TooShort, Friedman, Disc) { Options = options => options with { MaxEpochs = 5 } },
        new("dropout 0.9, smoothing 0.3, weight decay 10", TrainingFault.TooHeavy, Digits, Sums) { Options = options => options with { Recipe = Small with { Dropout = 0.9, LabelSmoothing = 0.3, WeightDecay = 10 } } },
        new("dropout 0.8, Mixup 1, noise 1", TrainingFault.TooHeavy, Waves, Friedman)
        {
            Options = options => options with { Recipe = Small with { Dropout = 0.8, Augmentations = [new MixupOptions { Alpha = 1 }, new GaussianNoiseOptions { Scale = 1 }] } },
        },
        new("100 times the rate", TrainingFault.RateTooHigh, Digits, Sums) { Options = options => options with { LearningRate = 0.1 } },
        new("100 times the rate", TrainingFault.RateTooHigh, Friedman, Waves) { Options = options => options with { LearningRate = 0.3 } },
        new("a thousandth of the rate", TrainingFault.RateTooLow, BreastCancer, Sums) { Options = options => options with { LearningRate = 1e-6 } },
        new("a thousandth of the rate", TrainingFault.RateTooLow, Waves, Friedman) { Options = options => options with { LearningRate = 3e-6 } },
        new("a third of the validation rows trained on", TrainingFault.SharedRows, Credit, Digits) { Rows = rows => rows.Share(0.3) },
        new("a twentieth of the validation rows trained on", TrainingFault.SharedRows, Friedman, Lending) { Rows = rows => rows.Share(0.05) },
        new("shuffled labels", TrainingFault.NoSignal, Digits, Credit) { Rows = rows => rows.Shuffle() },
        new("shuffled labels", TrainingFault.NoSignal, Friedman, Waves) { Rows = rows => rows.Shuffle() },
        new("an empty column", TrainingFault.ConstantColumn, Wine, Lending) { Rows = rows => rows.All.ToList().ForEach(row => row.Extra = 0) },
        new("a column that is empty in the validation rows", TrainingFault.ShiftedColumn, Lending, Credit) { Rows = rows => rows.Validation.ForEach(row => row.Extra = float.NaN) },
        new("numbers far from 0 that are not scaled", TrainingFault.DeadUnits, Disc, Sums)
        {
            Rows = rows => rows.All.ToList().ForEach(row => row.Numbers = Array.ConvertAll(row.Numbers, number => number + 1000)),
            Options = options => options with { InputScaling = InputScaling.None },
        },
        new("two hidden units", TrainingFault.TooSmall, Digits, Sums) { Options = options => options with { Architecture = NetworkArchitecture.Mlp(2) } },
        new("no regularization, 300 epochs", TrainingFault.Overfitting, Credit, Lending) { Options = options => options with { Recipe = RegularizationRecipe.None, MaxEpochs = 300, ValidationFraction = 0 } },
        new("smoothing 0.6, not calibrated", TrainingFault.Miscalibrated, BreastCancer, Digits)
        {
            Options = options => options with { Recipe = Small with { LabelSmoothing = 0.6 }, Calibration = Calibration.None },
        },
    ];

    public static IReadOnlyList<FaultCase> Sound { get; } =
    [
        new("the default perceptron", null, Disc, Sums),
        new("the default perceptron", null, BreastCancer, Wine),
        new("the default perceptron", null, Digits, Credit),
        new("the default perceptron", null, Lending, Digits),
        new("the default perceptron", null, Friedman, Waves),
        new("the default perceptron", null, Wine, BreastCancer),
        new("the default perceptron, few rows", null, Digits, Disc) { Most = 150 },
        new("the default perceptron, few rows", null, Credit, Lending) { Most = 200 },
        new("the default perceptron, few rows", null, Waves, Friedman) { Most = 150 },
        new("RealMLP", null, Credit, Digits) { Options = options => options with { Architecture = NetworkArchitecture.RealMlp() } },
        new("RealMLP", null, Friedman, Waves) { Options = options => options with { Architecture = NetworkArchitecture.RealMlp() } },
        new("RealMLP", null, BreastCancer, Sums) { Options = options => options with { Architecture = NetworkArchitecture.RealMlp() } },
        new("the default effort", null, Wine, Disc) { Options = _ => new() { Seed = 1 }, Most = 300 },
        new("the default effort", null, Waves, Lending) { Options = _ => new() { Seed = 1 }, Most = 300 },
        new("label smoothing and Mixup", null, Digits, Sums) { Options = options => options with { Recipe = Small with { LabelSmoothing = 0.1, Augmentations = [new MixupOptions()] } } },
        new("dropout 0.4", null, Sums, Digits) { Options = options => options with { Recipe = Small with { Dropout = 0.4 } } },
        new("half the rate", null, Waves, Credit) { Options = options => options with { LearningRate = 5e-4 } },
        new("three times the rate", null, Credit, BreastCancer) { Options = options => options with { LearningRate = 3e-3 } },
        new("a small network of 32 units", null, BreastCancer, Wine) { Options = options => options with { Architecture = NetworkArchitecture.Mlp(32) } },
        new("folds", null, Credit, Friedman) { Options = options => options with { Folds = 5 }, Most = 400 },
    ];
}
