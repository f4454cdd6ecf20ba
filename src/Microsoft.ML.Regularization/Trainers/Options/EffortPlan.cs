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

    // A fifth of more rows tells well enough which networks are the best.
    private const long MostFoldedRows = 5_000;

    // Of 16 numbers, rows that four networks learn within a minute on two processors.
    private const double MostCost = 80_000;

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
    /// <param name="rows">All rows, those to validate on included.</param>
    /// <param name="input">Their layout, with the flags that are known.</param>
    public static (int Members, int? Folds) BagFor(long rows, InputLayout input)
    {
        // A number costs the first layer's products and its waves; 64 of them about as much as the layers behind. A flag has no waves, and one product for four.
        var cost = rows * (1 + (input.Width - (1 - CostOfFlag) * input.Flags.Count) / 64);
        return cost <= MostCost / (2 * Folds) / 8 ? (2, Folds)
            : cost <= MostCost / Folds ? (1, Folds)
            : (Math.Max(1, (int)(MostCost / cost)), null);
    }

    /// <summary>The pack that so many rows are worth, and whether it is one on folds.</summary>
    /// <param name="rows">All rows, those to validate on included.</param>
    /// <param name="mayFold">Whether folds are possible.</param>
    public static (PackOptions Pack, int? Folds) PackFor(long rows, bool mayFold) =>
        mayFold && rows <= MostFoldedRows ? (new PackOptions { Members = 8 }, Folds) : (new PackOptions(), null);

    /// <summary>Whether an effort's network is the right one for such features: a table, rather than an image or a sequence, and not too wide.</summary>
    /// <param name="features">Their type; null where there are only categories.</param>
    public static bool Suits(VectorDataViewType? features) => features is null or { Size: <= MostNumbers, Dimensions.Length: 1 };
}
