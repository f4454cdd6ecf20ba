using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

/// <summary>What a trainer says of columns that a mixing transform before it leaves.</summary>
[TestClass]
public sealed class UnmixedColumnsTests
{
    private static readonly MixupOptions Mixup = new() { Alpha = 1, LabelColumnName = nameof(Sale.Sold) };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Categories_that_are_left_are_named()
    {
        var warning = Warnings(Keys().Append(_ml.Transforms.Mixup(Mixup)), "ShopKey", "TownKey").Single();
        Assert.Contains("Mixup mixes labels, but leaves as they are", warning);
        Assert.Contains("'ShopKey' and 'TownKey': name it in CategoricalColumnNames", warning);
        Assert.Contains("'TownKey'", Warnings(Keys().Append(_ml.Transforms.Mixup(Mixup with { CategoricalColumnNames = ["ShopKey"] })), "ShopKey", "TownKey").Single());
        Assert.IsEmpty(Warnings(Keys().Append(_ml.Transforms.Mixup(Mixup with { CategoricalColumnNames = ["ShopKey", "TownKey"] })), "ShopKey", "TownKey"));
        Assert.IsEmpty(Warnings(Keys().Append(_ml.Transforms.Mixup(Mixup))));
    }

    [TestMethod]
    public void Texts_that_become_keys_behind_the_mixing_are_followed()
    {
        Assert.IsEmpty(Warnings(_ml.Transforms.Mixup(Mixup with { CategoricalColumnNames = ["Shop", "Town"] }).Append(Keys()), "ShopKey", "TownKey"));
        var warning = Warnings(_ml.Transforms.Mixup(Mixup with { CategoricalColumnNames = ["Town"] }).Append(Keys()), "ShopKey", "TownKey").Single();
        Assert.Contains("'Shop': name it in CategoricalColumnNames", warning);
        Assert.DoesNotContain("Town", warning);

        // Through other transforms, a cache and a cut, too.
        var far = _ml.Transforms.CopyColumns("Copied", "Shop").AppendCacheCheckpoint(_ml).Append(_ml.Transforms.Mixup(Mixup with { CategoricalColumnNames = ["Copied"] }))
            .Append(_ml.Transforms.Text.NormalizeText("Normal", "Copied")).Append(_ml.Transforms.GaussianNoise())
            .Append(Plain(_ml.Transforms.Conversion.MapValueToKey("ShopKey", "Normal")));
        Assert.IsEmpty(Warnings(far, "ShopKey"));
    }

    [TestMethod]
    public void Features_weights_and_labels_that_are_left_are_named()
    {
        var parts = _ml.Transforms.Mixup(Mixup).Append(_ml.Transforms.Concatenate("Features", "Features", "Distance"))
            .Append(Plain(_ml.Transforms.CopyColumns("Bought", "Returned")));
        var warning = Warnings(parts, options => options with { LabelColumnName = "Bought", ExampleWeightColumnName = "Pieces" }).Single();
        Assert.Contains("'Distance': put the transforms that make 'Features' of it before", warning);
        Assert.Contains("'Returned': name it as LabelColumnName", warning);
        Assert.Contains("'Pieces': name it as ExampleWeightColumnName", warning);
        Assert.IsEmpty(Warnings(_ml.Transforms.Mixup(Mixup with { ExampleWeightColumnName = "Pieces" }), options => options with { ExampleWeightColumnName = "Pieces" }));

        // Weights that are made behind it are those of mixed rows.
        Assert.IsEmpty(Warnings(
            _ml.Transforms.Mixup(Mixup).Append(_ml.Transforms.ClassWeights(nameof(Sale.Sold), "Balance")), options => options with { ExampleWeightColumnName = "Balance" }));
    }

    [TestMethod]
    public void Mixing_that_leaves_labels_or_rests_says_nothing()
    {
        Assert.IsEmpty(Warnings(Keys().Append(_ml.Transforms.FeatureSwap()), "ShopKey"));
        Assert.IsEmpty(Warnings(Keys().Append(_ml.Transforms.Mixup(Mixup with { LabelMode = LabelMode.Soft, Alpha = 0 })), "ShopKey"));
        Assert.HasCount(1, Warnings(Keys().Append(_ml.Transforms.FeatureSwap(labelColumnName: nameof(Sale.Sold), mixLabels: true)), "ShopKey"));
        var sometimes = new SometimesOptions { Augmentation = new OneOfOptions { Augmentations = [Mixup, new FeatureDropoutOptions()] } };
        Assert.Contains("Sometimes mixes labels", Warnings(Keys().Append(_ml.Transforms.Sometimes(sometimes)), "ShopKey").Single());
    }

    private IEstimator<ITransformer> Keys() =>
        _ml.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("ShopKey", "Shop"), new InputOutputColumnPair("TownKey", "Town")]);

    // A chain that ends with an estimator of any transformer goes on with what is appended, rather than into a chain around it.
    private static IEstimator<ITransformer> Plain(IEstimator<ITransformer> estimator) => estimator;

    private List<string> Warnings(IEstimator<ITransformer> before, params string[] categories) =>
        Warnings(before, options => options with { CategoricalColumnNames = categories });

    private List<string> Warnings(IEstimator<ITransformer> before, Func<NeuralNetworkOptions, NeuralNetworkOptions> change)
    {
        var log = new LogRecorder(_ml);
        var options = change(new NeuralNetworkOptions
        {
            LabelColumnName = nameof(Sale.Sold), Architecture = NetworkArchitecture.Mlp(4), Recipe = RegularizationRecipe.None, MaxEpochs = 1,
        });
        before.Append(_ml.BinaryClassification.Trainers.NeuralNetwork(options)).Fit(_ml.Data.LoadFromEnumerable(Sale.Rows()));
        return [.. log.Warnings.Where(warning => warning.Contains("mixes labels", StringComparison.Ordinal))];
    }

    private sealed class Sale
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Distance { get; set; }

        public float Pieces { get; set; } = 1;

        public string Shop { get; set; } = "";

        public string Town { get; set; } = "";

        public bool Sold { get; set; }

        public bool Returned { get; set; }

        public static List<Sale> Rows() => [.. Enumerable.Range(0, 40).Select(id => new Sale
        {
            Features = [id, id % 7], Distance = id, Shop = $"shop {id % 3}", Town = $"town {id % 5}", Sold = id % 2 == 0, Returned = id % 3 == 0,
        })];
    }
}
