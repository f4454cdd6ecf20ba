using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The networks that an effort stands for: see <see cref="TrainingEffort"/>.</summary>
internal static class EffortPlan
{
    /// <summary>Each number costs 16 waves and 4 inputs of the first layer, which so many numbers are rarely worth.</summary>
    public const int MostNumbers = 1000;

    /// <summary>The folds where there are some.</summary>
    public const int Folds = 5;

    // Of 16 numbers, rows that four networks learn within a minute on two processors.
    private const double MostCost = 80_000;

    // Settings of a standard effort's pack, each a network for each fold; a strong one has twice as many.
    private const int PackMembers = 4;

    // Of more classes, the short runs of a pack learn too little: see docs/tables-measured.md.
    private const int MostPackedClasses = 2;

    // Networks on the same rows, where few of them cannot be folded.
    private const int MostMembers = 10;

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
        if (!mayFold || cost > MostCost / Folds)
            return isStrong ? new(Members: null, Folds: null, new PackOptions()) : new(Math.Clamp((int)(MostCost / cost), 1, MostMembers), Folds: null, Pack: null);
        if (classes is null or <= MostPackedClasses)
            return new(Members: null, Folds, new PackOptions { Members = isStrong ? 2 * PackMembers : PackMembers });
        return new(isStrong ? 4 : cost <= MostCost / MostMembers / 8 ? 2 : 1, Folds, Pack: null);
    }

    /// <summary>Whether an effort's network is the right one for such features: a table, rather than an image or a sequence, and not too wide.</summary>
    /// <param name="features">Their type; null where there are only categories.</param>
    public static bool Suits(VectorDataViewType? features) => features is null or { Size: <= MostNumbers, Dimensions.Length: 1 };
}
