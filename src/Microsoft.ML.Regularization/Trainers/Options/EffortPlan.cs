using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The networks that an effort stands for: see <see cref="TrainingEffort"/>.</summary>
internal static class EffortPlan
{
    private static readonly RealMlpArchitecture Wide = new();

    // Half of the width at a third of the time: for numbers as good, for two classes nearly so.
    private static readonly RealMlpArchitecture Narrow = new() { HiddenSizes = [128, 128, 128] };

    // So narrow, it is as good at less than half of the time.
    private static readonly TabMArchitecture TabM = new() { HiddenSizes = [128, 128] };

    // Beside others, of each fold, half of its members are enough.
    private static readonly TabMArchitecture SmallTabM = TabM with { Members = 8 };

    // What docs/tables-measured.md found best for the time: a TabM errs elsewhere than RealMLP's networks, but of very few rows of classes it learns too little.
    private static readonly FoldedPack[] ForClasses =
        [new(FewCost / 4, Wide, 4, TabM: null), new(FewCost, Wide, 3, SmallTabM), new(4 * FewCost, Narrow, 3, SmallTabM)];

    private static readonly FoldedPack[] ForNumbers =
        [new(FewCost * 3 / 8, Narrow, 6, SmallTabM), new(2 * FewCost, Narrow, 4, SmallTabM), new(MostCost, Narrow, 2, TabM: null)];

    private static readonly FoldedPack[] StrongForClasses =
        [new(FewCost, Wide, 8, SmallTabM), new(4 * FewCost, Narrow, 6, TabM)];

    private static readonly FoldedPack[] StrongForNumbers =
        [new(FewCost, Narrow, 12, SmallTabM), new(2 * FewCost, Narrow, 8, TabM), new(MostCost / 2, Narrow, 3, SmallTabM), new(MostCost, Narrow, 4, TabM: null)];

    /// <summary>Each number costs 16 waves and 4 inputs of the first layer, which so many numbers are rarely worth.</summary>
    public const int MostNumbers = 1000;

    /// <summary>The folds where there are some.</summary>
    public const int Folds = 5;

    // Of 16 numbers, rows that two networks learn within a minute on two slow processors.
    private const double MostCost = 40_000;

    // Beyond, folds of whole networks take longer.
    private const double MostFoldedCost = MostCost / Folds;

    // So few rows are learned in seconds.
    private const double FewCost = 4_000;

    // Of more classes, the short runs of a pack learn too little: see docs/tables-measured.md.
    private const int MostPackedClasses = 2;

    // Networks on the same rows, where few of them cannot be folded.
    private const int MostMembers = 10;

    // TabMs of many rows, where the effort is strong.
    private const int StrongMembers = 2;

    // Of the few networks of a standard effort. More were no better, and each takes its time to score a row; of a strong effort's networks they leave too many out.
    private const int MostSnapshots = 8;

    // Over that of a number which is embedded.
    private const double CostOfFlag = 0.125;

    // A user who sets one of these describes how a perceptron is trained.
    public static bool Applies(NeuralNetworkOptions options) => options is
    {
        Architecture: null, Recipe: null, Optimizer: null, LearningRate: null, Schedule: null, BatchSize: null, MaxEpochs: null, InputScaling: null,
        ImageShape: null, Pack: null, Effort: not TrainingEffort.Quick,
    };

    /// <summary>The network of options that name none.</summary>
    public static NetworkArchitecture ArchitectureOf(NeuralNetworkOptions options) =>
        Applies(options) || options.Pack is not null ? new RealMlpArchitecture() : new MlpArchitecture();

    /// <summary>The networks that so many rows are worth, by what they cost: few rows are learned quickly, and gain the most by several networks.</summary>
    /// <param name="effort">Standard or strong.</param>
    /// <param name="rows">All rows, those to validate on included.</param>
    /// <param name="input">Their layout, with the flags that are known.</param>
    /// <param name="classes">How many there are; null for numbers.</param>
    /// <param name="mayFold">Whether folds are possible.</param>
    public static EffortNetworks NetworksFor(TrainingEffort effort, long rows, InputLayout input, int? classes, bool mayFold)
    {
        // A number costs the first layer's products and its waves; 64 of them about as much as the layers behind. A flag has no waves, and one product for four.
        var cost = rows * (1 + (input.Width - (1 - CostOfFlag) * input.Flags.Count) / 64);
        var isStrong = effort == TrainingEffort.Strong;
        if (mayFold && classes is null or <= MostPackedClasses && PackOn(cost, isStrong, hasClasses: classes is not null) is { } folded)
            return new(folded.Architecture, Members: null, Folds, isStrong ? folded.Pack : folded.Pack with { MaxSnapshots = MostSnapshots });
        if (classes is <= MostPackedClasses && cost > ForClasses[^1].MostCost)
            return new(TabM, isStrong ? StrongMembers : 1, Folds: null, Pack: null);
        if (mayFold && cost <= MostFoldedCost)
            return new(Wide, isStrong ? (cost <= FewCost ? 4 : 2) : cost <= FewCost / 4 ? 2 : 1, Folds, Pack: null);
        return isStrong
            ? new(Wide, Members: null, Folds: null, new PackOptions())
            : new(Wide, Math.Clamp((int)(MostCost / cost), 1, MostMembers), Folds: null, Pack: null);
    }

    // Null where folds would take too long.
    private static FoldedPack? PackOn(double cost, bool isStrong, bool hasClasses)
    {
        var packs = isStrong ? (hasClasses ? StrongForClasses : StrongForNumbers) : hasClasses ? ForClasses : ForNumbers;
        return packs.FirstOrDefault(pack => cost <= pack.MostCost);
    }

    /// <summary>Whether an effort's network is the right one for such features: a table, rather than an image or a sequence, and not too wide.</summary>
    /// <param name="features">Their type; null where there are only categories.</param>
    public static bool Suits(VectorDataViewType? features) => features is null or { Size: <= MostNumbers, Dimensions.Length: 1 };

    /// <summary>A pack for each of the folds.</summary>
    /// <param name="MostCost">What rows may cost that it is for.</param>
    /// <param name="Architecture">That of its networks.</param>
    /// <param name="Members">How many.</param>
    /// <param name="TabM">The last of them; null for none.</param>
    private sealed record FoldedPack(double MostCost, RealMlpArchitecture Architecture, int Members, TabMArchitecture? TabM)
    {
        public PackOptions Pack => new() { Members = Members, TabM = TabM };
    }
}
