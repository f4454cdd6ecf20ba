using Microsoft.ML;
using Microsoft.ML.Regularization;
using Microsoft.ML.Transforms;

namespace CreditRisk;

/// <summary>From columns of a table to a trained network.</summary>
internal static class CreditPipeline
{
    private const string Bad = "Bad";

    private static readonly Dictionary<string, bool> IsBad = new() { ["bad"] = true, ["good"] = false };

    /// <summary>
    /// Categories become keys, which the network embeds; an empty cell is a missing key. A missing number becomes the column's mean, and a flag of its own
    /// tells that it was missing. Nothing has to be scaled.
    /// </summary>
    public static IEstimator<ITransformer> Prepare(MLContext ml) =>
        ml.Transforms.Conversion.MapValue(Bad, IsBad, nameof(Application.Status))
            .Append(ml.Transforms.Conversion.MapValueToKey([.. Application.Categories.Select(name => new InputOutputColumnPair(name + "Key", name))]))
            .Append(ml.Transforms.Concatenate("Numbers", [.. Application.Numbers]))
            .Append(ml.Transforms.IndicateMissingValues("Missing", "Numbers"))
            .Append(ml.Transforms.Conversion.ConvertType("Missing"))
            .Append(ml.Transforms.ReplaceMissingValues("Numbers", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.Concatenate("Features", "Numbers", "Missing"))
            .Append(ml.Transforms.HoldOut(fraction: 0.2, stratificationColumnName: Bad))
            .AppendCacheCheckpoint(ml);

    /// <summary>
    /// Fewer than three in ten credits are bad. Class weights make the network look at both classes alike; the price is that its probabilities are too high,
    /// which calibration repairs.
    /// </summary>
    public static NeuralNetworkBinaryTrainer Trainer(MLContext ml, int maxEpochs) => ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        LabelColumnName = Bad,
        CategoricalColumnNames = [.. Application.Categories.Select(name => name + "Key")],
        Architecture = NetworkArchitecture.Mlp(64, 64),
        Recipe = RegularizationRecipe.SmallDataset with { Dropout = 0.3, EarlyStopping = new EarlyStopping { Patience = 20 } },
        ClassWeights = ClassWeights.Balanced,
        MaxEpochs = maxEpochs,
    });

    /// <summary>What a linear model makes of the same columns.</summary>
    public static IEstimator<ITransformer> Linear(MLContext ml) =>
        ml.Transforms.Conversion.MapKeyToVector([.. Application.Categories.Select(name => new InputOutputColumnPair(name + "Code", name + "Key"))])
            .Append(ml.Transforms.Concatenate("All", ["Features", .. Application.Categories.Select(name => name + "Code")]))
            .Append(ml.Transforms.NormalizeMeanVariance("All", fixZero: false))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(Bad, "All"));
}
