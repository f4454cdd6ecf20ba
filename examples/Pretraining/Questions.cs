using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace Pretraining;

/// <summary>TREC (Li and Roth, 2002): 5,452 questions to learn from, of which 100 tell what they ask for, and 500 to test on, of six kinds.</summary>
internal sealed class Questions(string folder) : Study
{
    private const double Labels = 100;
    private const double All = 5452;

    private static readonly NeuralNetworkOptions Transformer = new()
    {
        FeatureColumnName = "Tokens",
        Architecture = NetworkArchitecture.TextTransformer(width: 64, depth: 2, heads: 4, maxLength: 24),
        Recipe = RegularizationRecipe.TransformerNlp,
        LearningRate = 0.002,
        Schedule = LearningRateSchedule.OneCycle(),
        BatchSize = 16,
        MaxEpochs = 30,
    };

    public override string Name => "TREC";

    public override string Measure => "test error, %";

    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("TextTransformer", Transformer, new Start("nothing")),
        new("TextTransformer", Transformer, new Start("masked tokens", PretextTask.MaskedTokens())),
        new("TextTransformer", Transformer, new Start("masked tokens, body at 0.3 of the rate", PretextTask.MaskedTokens(), new FineTuning { BodyRate = 0.3 })),
    ];

    protected override Draw Rows(MLContext ml, int seed, bool isShort)
    {
        var (train, test) = (Read(ml, "train.tsv"), Read(ml, "test.tsv"));
        var words = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.Text.NormalizeText("Normalized", "Text"))
            .Append(ml.Transforms.Text.TokenizeIntoWords("Words", "Normalized"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens", "Words"))
            .Fit(train);
        var rows = ml.Data.Cache(words.Transform(isShort ? ml.Data.TakeRows(train, 1000) : train));
        return new Draw(rows, ml.Data.TrainTestSplit(rows, testFraction: Labels / All, seed: seed).TestSet, words.Transform(test));
    }

    protected override PretrainedWeights Pretrain(MLContext ml, NeuralNetworkOptions options, IDataView rows, PretrainingOptions pretraining) =>
        ml.MulticlassClassification.Trainers.NeuralNetwork(options).Pretrain(rows, pretraining);

    protected override double Test(MLContext ml, NeuralNetworkOptions options, Draw draw) =>
        100 * (1 - ml.MulticlassClassification.Evaluate(ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(draw.Labelled).Transform(draw.Test)).MicroAccuracy);

    private IDataView Read(MLContext ml, string file) => ml.Data.LoadFromTextFile(
        Path.Combine(folder, file), [new("Label", DataKind.String, 0), new("Text", DataKind.String, 1)], hasHeader: true);
}
