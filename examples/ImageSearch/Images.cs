using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace ImageSearch;

/// <summary>The rows, and what is searched: architecture, regularization and training of a network that reads them.</summary>
internal sealed class Images
{
    private const int TrainingImages = 5000;

    private static readonly ImageShape Shape = new(FashionImage.Side, FashionImage.Side);
    private static readonly AugmentationOptions[] ShiftsAndFlips = [new RandomCropOptions { Padding = 2, Shape = Shape }, new RandomHorizontalFlipOptions { Shape = Shape }];

    private readonly FashionImage[] _train;
    private readonly FashionImage[] _test;
    private readonly int _epochs;

    /// <param name="folder">The folder of the files.</param>
    /// <param name="epochs">Epochs of a trial that is trained to its end.</param>
    public Images(string folder, int epochs)
    {
        _epochs = epochs;
        _test = FashionImage.Read(folder, "t10k");
        _train = FashionImage.Read(folder, "train");
        new Random(1).Shuffle(_train);
        _train = _train[..TrainingImages];
    }

    /// <summary>What a user begins with: the recipe for convolutional networks, and everything else left open.</summary>
    public NeuralNetworkOptions Preset => new()
    {
        Architecture = NetworkArchitecture.ResNet(depth: 8),
        Recipe = RegularizationRecipe.CnnImageClassification,
        ImageShape = Shape,
        MaxEpochs = _epochs,
        ValidationFraction = 0.2,
    };

    public IDataView Train(MLContext ml) => ml.Data.LoadFromEnumerable(_train);

    // begin imageSpace
    public SearchSpace Space(MLContext ml) => new SearchSpace(Preset, options => Pipeline(ml, options))
        .LogUniform("rate", 5e-4, 3e-2, (options, rate) => options with { LearningRate = rate })
        .Choose("schedule", ["constant", "one cycle"], (options, schedule) => options with
        {
            Schedule = schedule == "constant" ? LearningRateSchedule.Constant : LearningRateSchedule.OneCycle(),
        })
        .Choose("batch", [32, 64, 128], (options, size) => options with { BatchSize = size })
        .Choose<NetworkArchitecture>("network", [NetworkArchitecture.ResNet(depth: 8), NetworkArchitecture.ConvNet(32, 64)], (options, network) => options with { Architecture = network })
        .LogUniform("decay", 1e-3, 0.2, (options, decay) => With(options, recipe => recipe with { WeightDecay = decay }))
        .Uniform("smoothing", 0, 0.15, (options, smoothing) => With(options, recipe => recipe with { LabelSmoothing = smoothing }))
        .Choose("images", ["plain", "moved", "moved, CutMix"], (options, images) => With(options, recipe => recipe with
        {
            Augmentations = images switch
            {
                "plain" => [],
                "moved" => ShiftsAndFlips,
                _ => [.. ShiftsAndFlips, new CutMixOptions { Shape = Shape, Probability = 0.5 }],
            },
        }));
    // end imageSpace

    /// <summary>Trains on the 5,000 images and measures on the 10,000 of the test set.</summary>
    public MulticlassClassificationMetrics Measure(NeuralNetworkOptions options, int seed)
    {
        var ml = new MLContext(seed);
        var model = Pipeline(ml, options with { Seed = seed }).Fit(Train(ml));
        return ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(_test)));
    }

    private static EstimatorChain<NeuralNetworkMulticlassTransformer> Pipeline(MLContext ml, NeuralNetworkOptions options) =>
        ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options));

    private static NeuralNetworkOptions With(NeuralNetworkOptions options, Func<RegularizationRecipe, RegularizationRecipe> change) =>
        options with { Recipe = change(options.Recipe!) };
}
