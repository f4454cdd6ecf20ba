namespace Microsoft.ML.Regularization.Tests.Regularizers;

/// <summary>The options of adversarial training, manifold mixup, sharpness-aware minimization and weight averaging.</summary>
[TestClass]
public sealed class ProcessOptionsTests
{
    private static IEnumerable<object[]> Printed =>
    [
        [AdversarialTraining.Fgsm(0.1), "adversarial training (FGSM 0.1, weight 0.5)"],
        [AdversarialTraining.Fgsm(0.1) with { Weight = 1, MinValue = 0 }, "adversarial training (FGSM 0.1, weight 1, at least 0)"],
        [AdversarialTraining.Pgd(0.3), "adversarial training (PGD 0.3, 7 steps of 0.107143, weight 0.5)"],
        [
            AdversarialTraining.Pgd(0.5, 0.2, 4, AdversarialNorm.L2, randomStart: false) with { MinValue = 0, MaxValue = 1 },
            "adversarial training (PGD L2 0.5, 4 steps of 0.2 from the row, weight 0.5, from 0 to 1)",
        ],
        [new ManifoldMixup(), "manifold mixup 2"],
        [new ManifoldMixup { Alpha = 0.5, Layers = [0, 2] }, "manifold mixup 0.5 at layers 0, 2"],
        [new SharpnessAwareMinimization(), "sharpness-aware 0.05"],
        [WeightAveraging.Exponential(), "weight averaging 0.999"],
        [WeightAveraging.Stochastic(), "stochastic weight averaging from 75%"],
        [WeightAveraging.Stochastic(0.5, 3), "stochastic weight averaging from 50%, every 3 epochs"],
    ];

    [TestMethod]
    [DynamicData(nameof(Printed))]
    public void They_print_what_they_do_and_survive_json(object options, string printed)
    {
        Assert.AreEqual(printed, options.ToString());
        var recipe = new RegularizationRecipe();
        var member = typeof(RegularizationRecipe).GetProperties().Single(property => property.PropertyType.IsInstanceOfType(options));
        member.SetValue(recipe, options);
        var again = RegularizationRecipe.FromJson(recipe.ToJson());
        Assert.AreEqual(recipe, again);
        Assert.AreEqual(recipe.GetHashCode(), again.GetHashCode());
    }

    [TestMethod]
    public void Layers_compare_by_value()
    {
        Assert.AreEqual(new ManifoldMixup { Layers = [0, 1] }, new ManifoldMixup { Layers = [0, 1] });
        Assert.AreNotEqual(new ManifoldMixup { Layers = [0, 1] }, new ManifoldMixup { Layers = [0, 2] });
        Assert.AreNotEqual(new ManifoldMixup { Layers = [0, 1, 2] }, new ManifoldMixup());
        Assert.AreNotEqual(new ManifoldMixup { Alpha = 1 }, new ManifoldMixup());
    }

    [TestMethod]
    public void Factories_take_the_documented_defaults()
    {
        Assert.AreEqual(new FgsmTraining(0.2), AdversarialTraining.Fgsm(0.2));
        Assert.AreEqual(new PgdTraining(0.2), AdversarialTraining.Pgd(0.2));
        Assert.AreEqual(0.5, new PgdTraining(0.2) { Steps = 1 }.EffectiveStepSize);
        Assert.AreEqual(new ExponentialAveraging(0.999), WeightAveraging.Exponential());
        Assert.AreEqual(new StochasticWeightAveraging(0.75, 1), WeightAveraging.Stochastic());
    }
}
