using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace NetworkRecipes;

/// <summary>TREC (Li and Roth, 2002): 5,452 questions to learn from and 500 to test on, of six kinds of what they ask for.</summary>
internal sealed class Questions(string folder) : Study
{
    private const int Epochs = 15;

    private static readonly NetworkArchitecture Transformer = NetworkArchitecture.TextTransformer(width: 64, depth: 2, heads: 4, maxLength: 24);
    private static readonly NetworkArchitecture Recurrent = NetworkArchitecture.Lstm(hiddenSize: 64) with { MaxLength = 24 };
    private static readonly RegularizationRecipe Decay = RegularizationRecipe.None with { WeightDecay = 0.01, GradientClipping = GradientClipping.ByNorm(1) };

    public override string Name => "TREC";

    public override IReadOnlyList<Variant> Variants { get; } = [.. Of("transformer", Transformer), .. Of("LSTM", Recurrent)];

    protected override NeuralNetworkOptions Options(bool isShort) => new()
    {
        FeatureColumnName = "Tokens",
        MaxEpochs = isShort ? 1 : Epochs,
        BatchSize = 64,
        LearningRate = 0.002,
        Schedule = LearningRateSchedule.OneCycle(),
    };

    protected override (IDataView Train, IDataView Test, EstimatorChain<ITransformer> Pipeline) Prepare(MLContext ml, Variant variant, int seed, bool isShort)
    {
        var chain = new EstimatorChain<ITransformer>().Append<ITransformer>(ml.Transforms.Conversion.MapValueToKey("Label"));
        if (variant.Edits)
            chain = chain.Append<ITransformer>(ml.Transforms.Text.EasyDataAugmentation("Text"));
        chain = chain
            .Append<ITransformer>(ml.Transforms.Text.NormalizeText("Normalized", "Text"))
            .Append<ITransformer>(ml.Transforms.Text.TokenizeIntoWords("Words", "Normalized"))
            .Append<ITransformer>(ml.Transforms.Conversion.MapValueToKey("Tokens", "Words"));
        var train = Read(ml, "train.tsv");
        return (isShort ? ml.Data.TakeRows(train, 500) : train, Read(ml, "test.tsv"), chain);
    }

    private static IEnumerable<Variant> Of(string name, NetworkArchitecture network) =>
    [
        new($"{name}, plain", network, RegularizationRecipe.None),
        new($"{name}, weight decay and clipping", network, Decay),
        new($"{name}, + dropout", network, Decay with { Dropout = 0.3 }),
        new($"{name}, + label smoothing", network, Decay with { Dropout = 0.3, LabelSmoothing = 0.1 }),
        new($"{name}, + EDA", network, Decay with { Dropout = 0.3, LabelSmoothing = 0.1 }, Edits: true),
    ];

    private IDataView Read(MLContext ml, string file) => ml.Data.LoadFromTextFile(
        Path.Combine(folder, file), [new("Label", DataKind.String, 0), new("Text", DataKind.String, 1)], hasHeader: true);
}
