using Microsoft.ML.Regularization;

namespace FineTuningExample;

/// <summary>The ways to train that are compared.</summary>
internal static class Methods
{
    private static readonly TextTransformerArchitecture MiniLM = NetworkArchitecture.Bert(width: 384, depth: 6, heads: 12, maxLength: Inputs.MostTokens) with { Pooling = TokenPooling.UnitMean };

    private static readonly ImageNetResNetArchitecture ResNet = NetworkArchitecture.ImageNetResNet(18) with { Blocks = [2, 2, 2, 3], Resolution = 224 };

    public static IReadOnlyList<Method> All { get; } =
    [
        new(
            "from nothing",
            _ => new()
            {
                FeatureColumnName = "Tokens", Architecture = NetworkArchitecture.TextTransformer(width: 64, depth: 2, heads: 4, maxLength: 64), Recipe = RegularizationRecipe.TransformerNlp,
                LearningRate = 0.002, Schedule = LearningRateSchedule.OneCycle(), MaxEpochs = 12, BatchSize = 32,
            },
            _ => new()
            {
                Architecture = NetworkArchitecture.ResNet(8),
                Recipe = RegularizationRecipe.CnnImageClassification with { Augmentations = [new RandomCropOptions { Padding = 4 }, new RandomHorizontalFlipOptions()] },
                LearningRate = 0.01, Schedule = LearningRateSchedule.OneCycle(), MaxEpochs = 25, BatchSize = 32,
            })
        {
            ReadsWords = true,
        },
        new("best L-BFGS", Texts: null, Photos: null),
        new("head alone", _ => Texts(FineTuning.FittedHead), _ => Photos(FineTuning.FittedHead)),
        new(
            "everything",
            _ => Texts(null) with { Recipe = RegularizationRecipe.None, LearningRate = 1e-4, Schedule = LearningRateSchedule.OneCycle(), MaxEpochs = 4, BatchSize = 16 },
            _ => Photos(null) with { Recipe = RegularizationRecipe.None, LearningRate = 1e-4, Schedule = LearningRateSchedule.OneCycle(), MaxEpochs = 3, BatchSize = 16 }),
        new("recipe", rows => Texts(FineTuning.Texts(rows)), TunedPhotos),
    ];

    private static NeuralNetworkOptions Texts(FineTuning? tuning) => new()
    {
        FeatureColumnName = "Tokens", Architecture = MiniLM, Pretrained = PretrainedWeights.FromOnnx(PublishedNetworks.MiniLM), FineTuning = tuning,
    };

    private static NeuralNetworkOptions Photos(FineTuning? tuning) => new()
    {
        Architecture = ResNet, Pretrained = PretrainedWeights.FromOnnx(PublishedNetworks.ResNet) with { Pixels = PixelScaling.DnnImageFeaturizer }, FineTuning = tuning,
    };

    // All layers move: at half the resolution that takes a quarter of the time.
    private static NeuralNetworkOptions TunedPhotos(int rows)
    {
        var options = Photos(FineTuning.Images(rows));
        return options.FineTuning == FineTuning.FittedHead ? options : options with
        {
            Architecture = ResNet with { Resolution = 112 },
            Recipe = RegularizationRecipe.FineTuning with { Dropout = null, LabelSmoothing = 0.1, Augmentations = [new RandomHorizontalFlipOptions()] },
        };
    }
}
