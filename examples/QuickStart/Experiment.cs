using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Transforms;
using Split = Microsoft.ML.DataOperationsCatalog.TrainTestData;

namespace QuickStart;

/// <summary>One network, trained in one ordinary pipeline. Variants differ in their regularization alone.</summary>
internal sealed class Experiment
{
    private readonly MLContext _ml;
    private readonly int _maxEpochs;

    public Experiment(int seed, int maxEpochs, double testFraction)
    {
        _ml = new MLContext(seed);
        _maxEpochs = maxEpochs;
        var digits = _ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
        Data = _ml.Data.TrainTestSplit(digits, testFraction, seed: seed);
    }

    public Split Data { get; }

    public TransformerChain<KeyToValueMappingTransformer> Fit(Variant variant, IProgress<EpochReport> progress)
    {
        var prepared = _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(_ml.Transforms.NormalizeMinMax("Features"))
            .AppendCacheCheckpoint(_ml);
        var mixup = _ml.Transforms.Mixup("Features", "Label", variant.MixupAlpha);
        var network = _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(256, 256),
            Recipe = variant.Recipe,

            // Pixels are on one scale, and a rare one says no more than others.
            InputScaling = InputScaling.None,
            MaxEpochs = _maxEpochs,
            BatchSize = 32,
            Folds = variant.Folds,
            Progress = progress,
        });

        var trained = variant.HoldOut > 0
            ? prepared.Append(_ml.Transforms.HoldOut(variant.HoldOut)).Append(mixup).Append(network)
            : variant.Folds is null ? prepared.Append(mixup).Append(network)
            : prepared.Append(network);
        return trained.Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Data.TrainSet);
    }

    public Measures Measure(ITransformer model) => Measures.Of(_ml, model.Transform(Data.TestSet));

    public void Save(ITransformer model, string path) => _ml.Model.Save(model, Data.TrainSet.Schema, path);
}
