using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Transforms;
using Split = Microsoft.ML.DataOperationsCatalog.TrainTestData;

namespace ImageClassification;

/// <summary>One residual network on a few hundred digits, trained as it is or with everything that images offer against overfitting.</summary>
internal sealed class Experiment
{
    private static readonly ImageShape Shape = new(Digit.Side, Digit.Side);

    private readonly MLContext _ml;

    public Experiment(int seed)
    {
        _ml = new MLContext(seed);
        var digits = _ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
        Data = _ml.Data.TrainTestSplit(digits, testFraction: 0.75, seed: seed);
    }

    public Split Data { get; }

    public TransformerChain<KeyToValueMappingTransformer> Fit(bool isRegularized, int epochs, IProgress<EpochReport> progress)
    {
        // begin imageExample
        var prepared = _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .AppendCacheCheckpoint(_ml);
        var network = _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.ResNet(depth: 8),
            ImageShape = Shape,
            Recipe = isRegularized ? RegularizationRecipe.CnnImageClassification : RegularizationRecipe.None,
            Schedule = LearningRateSchedule.OneCycle(),
            LearningRate = 0.01,
            BatchSize = 32,
            MaxEpochs = epochs,
            Progress = progress,
        });

        var trained = isRegularized
            ? prepared.Append(_ml.Transforms.RandomCrop("Features", padding: 1, shape: Shape))
                .Append(_ml.Transforms.CutMix("Features", "Label", shape: Shape, probability: 0.5))
                .Append(network)
            : prepared.Append(network);
        // end imageExample
        return trained.Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Data.TrainSet);
    }

    public MulticlassClassificationMetrics Evaluate(ITransformer model) => _ml.MulticlassClassification.Evaluate(model.Transform(Data.TestSet));

    public void Save(ITransformer model, string path) => _ml.Model.Save(model, Data.TrainSet.Schema, path);
}
