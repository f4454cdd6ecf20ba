using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Mixing rows whose label a category tells.</summary>
[TestClass]
public sealed class CategoryMixingTests
{
    private static readonly MixupOptions Mixup = new() { Alpha = 0.2 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DoNotParallelize]
    public void A_label_that_a_category_tells_stays_told()
    {
        var plain = LogLoss(Keys().Append(Trainer(RegularizationRecipe.None)));
        Assert.IsLessThan(0.04, plain);

        // A network that knows the mixture best says 1 - E[lambda (1 - lambda)] of the class that a category tells, which is 1 - alpha / (2 (2 alpha + 1)).
        var best = -Math.Log(1 - Mixup.Alpha / (2 * (2 * Mixup.Alpha + 1)));
        var recipe = RegularizationRecipe.None with { Augmentations = [Mixup] };
        var byKeys = Mixup with { CategoricalColumnNames = ["ColorKey", "SizeKey"] };
        var byTexts = Mixup with { CategoricalColumnNames = ["Color", "Size"] };
        foreach (var pipeline in new[]
        {
            Keys().Append(Trainer(recipe)),
            Keys().AppendCacheCheckpoint(_ml).Append(_ml.Transforms.Mixup(byKeys)).Append(Trainer(RegularizationRecipe.None)),
            _ml.Transforms.Mixup(byTexts).Append(Keys()).Append(Trainer(RegularizationRecipe.None)),
        })
        {
            Assert.IsInRange(best - 0.02, 0.1, LogLoss(pipeline));
        }

        // Left as it is, a category says only half of what a mixed label asks for.
        Assert.IsGreaterThan(0.2, LogLoss(Keys().Append(_ml.Transforms.Mixup(Mixup)).Append(Trainer(RegularizationRecipe.None))));
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_swapped_category_tells_as_much_as_its_part_in_the_label()
    {
        // A number and two categories, of which one tells the class; the partner's is the same for half of the rows. What is told of a row's own category is
        // its own share and half of the rest, and likewise of the partner's where that was taken.
        const double rate = 0.2;
        var own = 1 - rate * 2 / 3;
        var taken = (1 + rate * 2) / 3;
        var best = -Math.Log((1 - rate) * (1 + own) / 2 + rate * (1 + taken) / 2);
        var recipe = RegularizationRecipe.None with { Augmentations = [new FeatureSwapOptions { Rate = rate, MixLabels = true }] };
        Assert.IsInRange(best - 0.02, best + 0.03, LogLoss(Keys().Append(Trainer(recipe))));
    }

    private IEstimator<ITransformer> Keys() =>
        _ml.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("ColorKey", "Color"), new InputOutputColumnPair("SizeKey", "Size")]);

    private IEstimator<ITransformer> Trainer(RegularizationRecipe recipe) => _ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        Architecture = NetworkArchitecture.Mlp(16),
        CategoricalColumnNames = ["ColorKey", "SizeKey"],
        Recipe = recipe,
        MaxEpochs = 25,
        LearningRate = 0.02,
        Schedule = new CosineSchedule(),
    });

    private double LogLoss(IEstimator<ITransformer> pipeline)
    {
        var scored = pipeline.Fit(_ml.Data.LoadFromEnumerable(Item.Rows(1500, seed: 1))).Transform(_ml.Data.LoadFromEnumerable(Item.Rows(500, seed: 2)));
        return scored.GetColumn<bool>("Label").Zip(scored.GetColumn<float>("Probability"), (label, probability) => -Math.Log(label ? probability : 1 - probability)).Average();
    }

    private sealed class Item
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public string Color { get; set; } = "";

        public string Size { get; set; } = "";

        public bool Label { get; set; }

        public static List<Item> Rows(int count, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ => (Color: random.Next(10), Size: random.Next(3))).Select(item => new Item
            {
                Features = [random.NextSingle()], Color = $"color {item.Color}", Size = $"size {item.Size}", Label = item.Color % 2 == 1,
            })];
        }
    }
}
