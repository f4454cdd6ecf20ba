using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Split = Microsoft.ML.DataOperationsCatalog.TrainTestData;

namespace TextClassification;

/// <summary>Subject lines, few to learn from and many to test on, and one pipeline from their text to the probability of spam.</summary>
internal sealed class Experiment
{
    private readonly MLContext _ml;

    public Experiment(int seed)
    {
        _ml = new MLContext(seed);
        var messages = _ml.Data.LoadFromTextFile<Message>(Path.Combine(AppContext.BaseDirectory, "Data", "spam-subjects.tsv"), hasHeader: true);
        Data = _ml.Data.TrainTestSplit(messages, testFraction: 0.75, seed: seed);
    }

    public Split Data { get; }

    public ITransformer Fit(Variant variant, int epochs, IProgress<EpochReport> progress)
    {
        // begin textExample
        var labelled = _ml.Transforms.Conversion.MapValue("Label", [new("ham", false), new KeyValuePair<string, bool>("spam", true)], "Kind")
            .AppendCacheCheckpoint(_ml);

        // Edited first, so that the vocabulary knows the synonyms.
        IEstimator<ITransformer> edited = variant.Edits ? labelled.Append(_ml.Transforms.Text.EasyDataAugmentation("Subject")) : labelled;
        var pipeline = edited
            .Append(_ml.Transforms.Text.NormalizeText("Text", "Subject", keepPunctuations: false))
            .Append(_ml.Transforms.Text.TokenizeIntoWords("Words", "Text"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tokens", "Words"))
            .Append(_ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                FeatureColumnName = "Tokens",
                Architecture = variant.Architecture,
                Recipe = variant.Recipe,
                MaxEpochs = epochs,
                BatchSize = 32,
                LearningRate = 0.002,
                Schedule = LearningRateSchedule.OneCycle(),
                Progress = progress,
            }));
        // end textExample
        return pipeline.Fit(Data.TrainSet);
    }

    public CalibratedBinaryClassificationMetrics Evaluate(ITransformer model) => _ml.BinaryClassification.Evaluate(model.Transform(Data.TestSet));

    public void Save(ITransformer model, string path) => _ml.Model.Save(model, Data.TrainSet.Schema, path);
}
