using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace NetworkRecipes;

/// <summary>Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 28 x 28 grey pixels, ten kinds of clothes. A network sees few of its 60,000 training images.</summary>
internal sealed class FashionImages(string folder) : Study
{
    private const int Side = 28;
    private const int TrainingImages = 5000;
    private const int Epochs = 50;

    private static readonly ImageShape Shape = new(Side, Side);
    private static readonly NetworkArchitecture Network = NetworkArchitecture.ResNet(depth: 8);
    private static readonly RegularizationRecipe Decay = RegularizationRecipe.None with { WeightDecay = 0.05 };
    private static readonly AugmentationOptions[] ShiftsAndFlips = [new RandomCropOptions { Padding = 2, Shape = Shape }, new RandomHorizontalFlipOptions { Shape = Shape }];

    private readonly Lazy<(Image[] Train, Image[] Test)> _images = new(() => (Read(folder, "train"), Read(folder, "t10k")));

    public override string Name => "Fashion-MNIST";

    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("plain", Network, RegularizationRecipe.None),
        new("weight decay", Network, Decay),
        new("+ shifts and flips", Network, Augmented()),
        new("+ Mixup", Network, Augmented(new MixupOptions { Alpha = 0.2 })),
        new("+ CutMix in its place", Network, Augmented(new CutMixOptions { Shape = Shape, Probability = 0.5 })),
        new("+ label smoothing", Network, Augmented(new CutMixOptions { Shape = Shape, Probability = 0.5 }) with { LabelSmoothing = 0.1 }),
        new("+ stochastic depth", Network, Augmented(new CutMixOptions { Shape = Shape, Probability = 0.5 }) with
        {
            LabelSmoothing = 0.1,
            StochasticDepth = new StochasticDepth { SurvivalProbability = 0.8 },
        }),
    ];

    protected override NeuralNetworkOptions Options(bool isShort) => new()
    {
        ImageShape = Shape,
        MaxEpochs = isShort ? 1 : Epochs,
        BatchSize = 64,
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.OneCycle(),
    };

    protected override (IDataView Train, IDataView Test, EstimatorChain<ITransformer> Pipeline) Prepare(MLContext ml, Variant variant, int seed, bool isShort)
    {
        var train = _images.Value.Train.ToArray();
        new Random(seed).Shuffle(train);
        return (
            ml.Data.LoadFromEnumerable(train.Take(isShort ? 500 : TrainingImages)),
            ml.Data.LoadFromEnumerable(_images.Value.Test.Take(isShort ? 500 : int.MaxValue)),
            new EstimatorChain<ITransformer>().Append<ITransformer>(ml.Transforms.Conversion.MapValueToKey("Label")));
    }

    private static RegularizationRecipe Augmented(params AugmentationOptions[] more) => Decay with { Augmentations = [.. ShiftsAndFlips, .. more] };

    /// <summary>Reads the pair of files in the format of MNIST: big-endian numbers, then bytes.</summary>
    private static Image[] Read(string folder, string part)
    {
        var pixels = Unzip(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"));
        var labels = Unzip(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"));
        const int imageHeader = 16;
        const int labelHeader = 8;
        var count = BinaryPrimitives.ReadInt32BigEndian(pixels.AsSpan(4));
        return [.. Enumerable.Range(0, count).Select(i => new Image
        {
            Label = labels[labelHeader + i],
            Features = [.. pixels.AsSpan(imageHeader + i * Side * Side, Side * Side).ToArray().Select(pixel => pixel / 255f)],
        })];
    }

    private static byte[] Unzip(string path)
    {
        using var zipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zipped.CopyTo(bytes);
        return bytes.ToArray();
    }

    private sealed class Image
    {
        public float Label { get; set; }

        [VectorType(Side * Side)]
        public float[] Features { get; set; } = [];
    }
}
