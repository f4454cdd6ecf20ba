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
    /// Categories become keys, which the network embeds; an empty cell is a missing key. Numbers go to the network as they are: it fills the gaps and scales
    /// the rest.
    /// </summary>
    public static IEstimator<ITransformer> Prepare(MLContext ml)
    {
        // begin creditPrepare
        var prepare = ml.Transforms.Conversion.MapValue(Bad, IsBad, nameof(Application.Status))
            .Append(ml.Transforms.Conversion.MapValueToKey([.. Application.Categories.Select(name => new InputOutputColumnPair(name + "Key", name))]))
            .Append(ml.Transforms.Concatenate("Features", [.. Application.Numbers]))
            .Append(ml.Transforms.HoldOut(fraction: 0.2, stratificationColumnName: Bad))
            .AppendCacheCheckpoint(ml);
        // end creditPrepare
        return prepare;
    }

    /// <summary>
    /// Fewer than three in ten credits are bad. Class weights make the network look at both classes alike; the price is that its probabilities are too high,
    /// which calibration repairs.
    /// </summary>
    public static NeuralNetworkBinaryTrainer Trainer(MLContext ml, int maxEpochs)
    {
        // begin creditTrainer
        var trainer = ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = Bad,
            CategoricalColumnNames = [.. Application.Categories.Select(name => name + "Key")],
            Architecture = NetworkArchitecture.Mlp(64, 64),
            Recipe = RegularizationRecipe.SmallDataset with { Dropout = 0.3, EarlyStopping = new EarlyStopping { Patience = 20 } },
            ClassWeights = ClassWeights.Balanced,
            MaxEpochs = maxEpochs,
        });
        // end creditTrainer
        return trainer;
    }

    /// <summary>What a linear model makes of the same columns, with gaps filled by the mean and flagged.</summary>
    public static IEstimator<ITransformer> Linear(MLContext ml) =>
        ml.Transforms.Conversion.MapKeyToVector([.. Application.Categories.Select(name => new InputOutputColumnPair(name + "Code", name + "Key"))])
            .Append(ml.Transforms.IndicateMissingValues("Missing", "Features"))
            .Append(ml.Transforms.Conversion.ConvertType("Missing"))
            .Append(ml.Transforms.ReplaceMissingValues("Features", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.Concatenate("All", ["Features", "Missing", .. Application.Categories.Select(name => name + "Code")]))
            .Append(ml.Transforms.NormalizeMeanVariance("All", fixZero: false))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(Bad, "All"));
}
