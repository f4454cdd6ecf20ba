using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace TabularLeague;

/// <summary>ML.NET's trainers for tables with their defaults.</summary>
internal static class Opponents
{
    /// <summary>The trainer that wins are counted against.</summary>
    public const string LightGbm = "LightGBM";

    public static IReadOnlyList<Contestant> All { get; } =
    [
        new(LightGbm, "", IsOurs: false, (ml, predicted) => predicted switch
        {
            Prediction.Binary => ml.BinaryClassification.Trainers.LightGbm(),
            Prediction.Class => ml.MulticlassClassification.Trainers.LightGbm(),
            _ => (IEstimator<ITransformer>)ml.Regression.Trainers.LightGbm(),
        }),
        new("FastTree", "", IsOurs: false, (ml, predicted) => predicted switch
        {
            Prediction.Binary => ml.BinaryClassification.Trainers.FastTree(),
            Prediction.Class => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree()),
            _ => (IEstimator<ITransformer>)ml.Regression.Trainers.FastTree(),
        }),
        // It has no probabilities of its own: Platt's calibration, on the training rows, gives them.
        new("FastForest", "", IsOurs: false, (ml, predicted) => predicted switch
        {
            Prediction.Binary => ml.BinaryClassification.Trainers.FastForest().Append(ml.BinaryClassification.Calibrators.Platt()),
            Prediction.Class => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastForest()),
            _ => (IEstimator<ITransformer>)ml.Regression.Trainers.FastForest(),
        }),
        // The linear ones ask for features of one scale. One thread: else SDCA gives other weights each time.
        new("SDCA", "", IsOurs: false, (ml, predicted) => ml.Transforms.NormalizeMeanVariance("Features").Append(predicted switch
        {
            Prediction.Binary => ml.BinaryClassification.Trainers.SdcaLogisticRegression(
                new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }),
            Prediction.Class => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }),
            _ => (IEstimator<ITransformer>)ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 }),
        })),
        // Its only regression is Poisson's: an exponential function of a sum.
        new("L-BFGS", "", IsOurs: false, (ml, predicted) => ml.Transforms.NormalizeMeanVariance("Features").Append(predicted switch
        {
            Prediction.Binary => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(),
            Prediction.Class => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
            _ => (IEstimator<ITransformer>)ml.Regression.Trainers.LbfgsPoissonRegression(),
        })),
    ];
}
