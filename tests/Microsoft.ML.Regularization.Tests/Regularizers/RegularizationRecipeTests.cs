using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Regularizers.Penalties;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class RegularizationRecipeTests
{
    internal static readonly RegularizationRecipe Everything = new()
    {
        WeightDecay = 0.031,
        WeightDecaySchedule = LearningRateSchedule.FlatThenCosine(flatFraction: 0.5),
        L2 = 0.002,
        L1 = 0.003,
        PenalizeBiases = true,
        MaxNorm = 0.9,
        Penalty = CustomPenalty.Of(new OwnPowerPenalty { Strength = 0.004f }),
        ConfidencePenalty = 0.15,
        LabelSmoothing = 0.12,
        LabelSmoothingSchedule = LearningRateSchedule.Cosine(),
        Dropout = new StandardDropout(0.25),
        DropoutSchedule = LearningRateSchedule.Linear(finalFactor: 0.5),
        StochasticDepth = new StochasticDepth
        {
            SurvivalProbability = 0.7,
            Schedule = StochasticDepthSchedule.Constant,
            Granularity = StochasticDepthGranularity.Row,
            Form = StochasticDepthForm.Original,
        },
        RDrop = 0.6,
        GradientClipping = GradientClipping.ByValue(0.07),
        AdversarialTraining = AdversarialTraining.Fgsm(0.04),
        ManifoldMixup = new ManifoldMixup { Alpha = 1.5, Layers = [0, 1] },
        SharpnessAware = new SharpnessAwareMinimization { Rho = 0.06 },
        WeightAveraging = WeightAveraging.Exponential(0.98),
        Augmentations = [new MixupOptions { Alpha = 0.3, Seed = 9 }, new MixupOptions { Probability = 0.5 }],
        UnmixedEpochs = 1,
        EarlyStopping = new EarlyStopping { Metric = ValidationMetric.Accuracy, Patience = 7, MinImprovement = 0.001 },
    };

    public static IEnumerable<object[]> Recipes =>
    [
        [RegularizationRecipe.None],
        [RegularizationRecipe.CnnImageClassification],
        [RegularizationRecipe.TransformerNlp],
        [RegularizationRecipe.VisionTransformer],
        [RegularizationRecipe.RnnLstm],
        [RegularizationRecipe.SmallDataset],
        [RegularizationRecipe.FineTuning],
        [RegularizationRecipe.LargeScalePretraining],
        [Everything],
    ];

    public static IEnumerable<object[]> OutOfRange =>
    [
        [new RegularizationRecipe { WeightDecay = -0.01 }, "WeightDecay", "-0.01"],
        [new RegularizationRecipe { WeightDecay = double.NaN }, "WeightDecay", "NaN"],
        [new RegularizationRecipe { WeightDecay = double.PositiveInfinity }, "WeightDecay", "Infinity"],
        [new RegularizationRecipe { LabelSmoothing = -0.1 }, "LabelSmoothing", "-0.1"],
        [new RegularizationRecipe { LabelSmoothing = 1 }, "LabelSmoothing", "1"],
        [new RegularizationRecipe { LabelSmoothing = double.NaN }, "LabelSmoothing", "NaN"],
        [new RegularizationRecipe { Dropout = -0.2 }, "Dropout.DropProbability", "-0.2"],
        [new RegularizationRecipe { Dropout = 1.0 }, "Dropout.DropProbability", "1"],
        [new RegularizationRecipe { Dropout = double.NaN }, "Dropout.DropProbability", "NaN"],
        [new RegularizationRecipe { StochasticDepth = new() { SurvivalProbability = 0 } }, "StochasticDepth.SurvivalProbability", "0"],
        [new RegularizationRecipe { StochasticDepth = new() { SurvivalProbability = double.NaN } }, "StochasticDepth.SurvivalProbability", "NaN"],
        [new RegularizationRecipe { GradientClipping = GradientClipping.ByNorm(0) }, "GradientClipping.MaxNorm", "0"],
        [new RegularizationRecipe { GradientClipping = GradientClipping.ByNorm(double.NaN) }, "GradientClipping.MaxNorm", "NaN"],
        [new RegularizationRecipe { GradientClipping = GradientClipping.ByValue(-0.5) }, "GradientClipping.MaxValue", "-0.5"],
        [new RegularizationRecipe { UnmixedEpochs = -1 }, "UnmixedEpochs", "-1"],
        [new RegularizationRecipe { EarlyStopping = new() { Patience = 0 } }, "EarlyStopping.Patience", "0"],
        [new RegularizationRecipe { EarlyStopping = new() { MinImprovement = -1e-3 } }, "EarlyStopping.MinImprovement", "-0.001"],
        [new RegularizationRecipe { EarlyStopping = new() { Metric = (ValidationMetric)9 } }, "EarlyStopping.Metric", "9"],
    ];

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void Json_gives_the_same_recipe_back(RegularizationRecipe recipe)
    {
        var again = RegularizationRecipe.FromJson(recipe.ToJson());

        Assert.AreEqual(recipe, again);
        Assert.AreEqual(recipe.GetHashCode(), again.GetHashCode());
        Assert.AreEqual(recipe.ToJson(), again.ToJson());
    }

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void Every_preset_is_valid(RegularizationRecipe recipe) => recipe.Validate();

    [TestMethod]
    public void A_member_that_is_left_out_of_the_json_keeps_its_default()
    {
        Assert.AreEqual(new RegularizationRecipe(), RegularizationRecipe.FromJson("{}"));
        Assert.AreEqual(new RegularizationRecipe { Dropout = 0.3 }, RegularizationRecipe.FromJson("""{"dropout":{"kind":"standard","dropProbability":0.3}}"""));
    }

    [TestMethod]
    public void Everything_in_these_tests_sets_every_member()
    {
        foreach (var member in typeof(RegularizationRecipe).GetProperties().Where(property => property.SetMethod is not null))
            Assert.AreNotEqual(member.GetValue(RegularizationRecipe.None), member.GetValue(Everything), member.Name);
    }

    [TestMethod]
    public void Json_has_readable_names()
    {
        using var json = JsonDocument.Parse(Everything.ToJson());
        var root = json.RootElement;

        Assert.AreEqual(0.031, root.GetProperty("weightDecay").GetDouble());
        Assert.AreEqual("standard", root.GetProperty("dropout").GetProperty("kind").GetString());
        Assert.AreEqual("value", root.GetProperty("gradientClipping").GetProperty("kind").GetString());
        Assert.AreEqual("Accuracy", root.GetProperty("earlyStopping").GetProperty("metric").GetString());
    }

    [TestMethod]
    [DataRow("""{"weightDecy":0.1}""")]
    [DataRow("""{"dropout":{"kind":"standard","dropProbability":0.1,"rate":0.1}}""")]
    [DataRow("""{"earlyStopping":{"patients":3}}""")]
    [DataRow("""{"dropout":{"kind":"no such kind"}}""")]
    [DataRow("""{"dropout":{"dropProbability":0.1}}""")]
    [DataRow("""{"earlyStopping":{"metric":"NoSuchMetric"}}""")]
    [DataRow("""{"earlyStopping":{"metric":17}}""")]
    [DataRow("""{"weightDecay":"much"}""")]
    [DataRow("""{"weightDecay":0.1""")]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("")]
    public void Json_that_is_not_a_recipe_is_refused(string json) => Assert.ThrowsExactly<JsonException>(() => RegularizationRecipe.FromJson(json));

    [TestMethod]
    public void The_kind_may_stand_behind_the_members_it_explains() => Assert.AreEqual(
        new RegularizationRecipe { Dropout = 0.3 }, RegularizationRecipe.FromJson("""{"dropout":{"dropProbability":0.3,"kind":"standard"}}"""));

    [TestMethod]
    [DataRow("""{"weightDecay":-1}""", "WeightDecay")]
    [DataRow("""{"labelSmoothing":"NaN"}""", "LabelSmoothing")]
    public void Json_with_a_member_out_of_range_is_refused_by_name(string json, string member)
    {
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => RegularizationRecipe.FromJson(json));

        Assert.Contains(member, exception.Message);
    }

    [TestMethod]
    public void Null_is_no_json() => Assert.ThrowsExactly<ArgumentNullException>(() => RegularizationRecipe.FromJson(null!));

    [TestMethod]
    [DynamicData(nameof(OutOfRange))]
    public void Validate_names_the_member_and_its_value(RegularizationRecipe recipe, string member, string value)
    {
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(recipe.Validate);

        Assert.AreEqual(member, exception.ParamName);
        Assert.Contains($"{member} must be ", exception.Message);
        Assert.Contains($"but it is {value}.", exception.Message);
    }

    [TestMethod]
    public void The_ends_of_the_ranges_are_valid()
    {
        var recipe = new RegularizationRecipe
        {
            WeightDecay = 0,
            LabelSmoothing = 0,
            Dropout = new StandardDropout(0),
            StochasticDepth = new StochasticDepth { SurvivalProbability = 1 },
            GradientClipping = GradientClipping.ByNorm(double.Epsilon),
            EarlyStopping = new EarlyStopping { Patience = 1, MinImprovement = 0 },
        };

        recipe.Validate();
        (recipe with { LabelSmoothing = Math.BitDecrement(1.0), Dropout = Math.BitDecrement(1.0) }).Validate();
    }

    [TestMethod]
    public void Recipes_with_equal_members_are_equal()
    {
        var same = new RegularizationRecipe
        {
            WeightDecay = 0.031,
            WeightDecaySchedule = new FlatThenCosineSchedule { FlatFraction = 0.5 },
            L2 = 0.002,
            L1 = 0.003,
            PenalizeBiases = true,
            MaxNorm = 0.9,
            Penalty = CustomPenalty.Of(new OwnPowerPenalty { Strength = 0.004f }),
            ConfidencePenalty = 0.15,
            LabelSmoothing = 0.12,
            LabelSmoothingSchedule = new CosineSchedule(),
            Dropout = 0.25,
            DropoutSchedule = new LinearSchedule { FinalFactor = 0.5 },
            StochasticDepth = Everything.StochasticDepth! with { },
            RDrop = new RDrop(0.6),
            GradientClipping = new ValueClipping(0.07),
            AdversarialTraining = new FgsmTraining(0.04),
            ManifoldMixup = new ManifoldMixup { Alpha = 1.5, Layers = [0, 1] },
            SharpnessAware = new SharpnessAwareMinimization { Rho = 0.06 },
            WeightAveraging = new ExponentialAveraging(0.98),
            Augmentations = [new MixupOptions { Alpha = 0.3, Seed = 9 }, new MixupOptions { Probability = 0.5 }],
            UnmixedEpochs = 1,
            EarlyStopping = new EarlyStopping { Metric = ValidationMetric.Accuracy, Patience = 7, MinImprovement = 0.001 },
        };

        Assert.AreEqual(Everything, same);
        Assert.AreEqual(Everything.GetHashCode(), same.GetHashCode());
    }

    [TestMethod]
    public void With_changes_one_member_of_a_copy()
    {
        var changes = new[]
        {
            Everything with { WeightDecay = 0.5 },
            Everything with { L2 = 0.5 },
            Everything with { L1 = 0.5 },
            Everything with { PenalizeBiases = false },
            Everything with { MaxNorm = null },
            Everything with { ConfidencePenalty = 0.5 },
            Everything with { LabelSmoothing = 0.5 },
            Everything with { Dropout = 0.5 },
            Everything with { Dropout = null },
            Everything with { StochasticDepth = null },
            Everything with { StochasticDepth = Everything.StochasticDepth! with { Form = StochasticDepthForm.Inverted } },
            Everything with { RDrop = null },
            Everything with { GradientClipping = GradientClipping.ByNorm(0.07) },
            Everything with { AdversarialTraining = AdversarialTraining.Pgd(0.04) },
            Everything with { ManifoldMixup = new ManifoldMixup { Alpha = 1.5 } },
            Everything with { SharpnessAware = null },
            Everything with { WeightAveraging = null },
            Everything with { Augmentations = [new MixupOptions { Alpha = 0.3, Seed = 9 }] },
            Everything with { Augmentations = [] },
            Everything with { EarlyStopping = Everything.EarlyStopping! with { Patience = 8 } },
            Everything,
        };

        CollectionAssert.AllItemsAreUnique(changes);
        Assert.AreEqual(0.031, Everything.WeightDecay);
        Assert.AreEqual(new StandardDropout(0.25), changes[0].Dropout);
        Assert.AreEqual(Everything, changes[0] with { WeightDecay = 0.031 });
    }

    [TestMethod]
    public void A_recipe_prints_what_is_switched_on()
    {
        Assert.AreEqual("none", RegularizationRecipe.None.ToString());
        Assert.AreEqual("weight decay 0.05, dropout 0.2, early stopping (Loss, patience 20 or 200 steps)", RegularizationRecipe.SmallDataset.ToString());
        Assert.AreEqual("weight decay 0.1, clip norm 1", RegularizationRecipe.LargeScalePretraining.ToString());
        Assert.AreEqual(
            "weight decay 0.031, weight decay by FlatThenCosineSchedule, L2 0.002, L1 0.003, biases penalized, max-norm 0.9, label smoothing 0.12, "
            + $"label smoothing by CosineSchedule, {Everything.Penalty}, confidence penalty 0.15, dropout 0.25, dropout by LinearSchedule, "
            + "stochastic depth 0.7 in all blocks by row, original form, R-Drop 0.6, clip value 0.07, adversarial training (FGSM 0.04, weight 0.5), "
            + "manifold mixup 1.5 at layers 0, 1, sharpness-aware 0.06, weight averaging 0.98, Mixup and Mixup, "
            + "unmixed epochs 1, early stopping (Accuracy, patience 7 by 0.001)",
            Everything.ToString());
    }

    // What the names promise: the table of recommended recipes in the documentation.
    [TestMethod]
    public void Presets_hold_the_techniques_of_their_kind()
    {
        Assert.AreEqual(new RegularizationRecipe(), RegularizationRecipe.None);
        AssertHolds(RegularizationRecipe.CnnImageClassification, smoothing: true);
        AssertHolds(RegularizationRecipe.TransformerNlp, smoothing: true, dropout: true, clipping: true);
        AssertHolds(RegularizationRecipe.VisionTransformer, smoothing: true, clipping: true);
        AssertHolds(RegularizationRecipe.RnnLstm, dropout: true, clipping: true);
        AssertHolds(RegularizationRecipe.SmallDataset, dropout: true, stopping: true);
        AssertHolds(RegularizationRecipe.FineTuning, dropout: true, clipping: true);
        AssertHolds(RegularizationRecipe.LargeScalePretraining, clipping: true);
    }

    private static void AssertHolds(RegularizationRecipe recipe, bool smoothing = false, bool dropout = false, bool clipping = false, bool stopping = false)
    {
        Assert.IsGreaterThan(0.0, recipe.WeightDecay);
        Assert.AreEqual(
            (smoothing, dropout, clipping, stopping),
            (recipe.LabelSmoothing > 0, recipe.Dropout is not null, recipe.GradientClipping is not null, recipe.EarlyStopping is not null),
            recipe.ToString());
    }
}
