using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Schedules;

/// <summary>The strength of weight decay, dropout and label smoothing follows a schedule, step by step.</summary>
[TestClass]
public sealed class StrengthScheduleTests
{
    private static readonly NeuralNetworkOptions Plain = SmallNetwork.Options with
    {
        Optimizer = Optimizer.Adam(), Schedule = LearningRateSchedule.Constant, BatchSize = 16, MaxEpochs = 6,
    };

    [TestMethod]
    public void Decay_shrinks_weights_by_the_product_of_its_steps()
    {
        // The rate is so small that gradients move nothing, and the decay so strong that it halves at full strength.
        const double Rate = 1e-8;
        const double Shrink = 0.05;
        const int Steps = 6 * 4;
        var rows = new MLContext().Rows(64);
        var recipe = RegularizationRecipe.None with { WeightDecay = Shrink / Rate };
        var initial = Train(RegularizationRecipe.None);
        foreach (var (schedule, factor) in new (LearningRateSchedule?, Func<double, double>)[]
        {
            (null, _ => 1),
            (LearningRateSchedule.FlatThenCosine(flatFraction: 0.5), t => t < 0.5 ? 1 : (1 + Math.Cos(Math.PI * (2 * t - 1))) / 2),
            (LearningRateSchedule.LogCosine(), t => (1 - Math.Cos(2 * Math.PI * Math.Log2(1 + 15 * t))) / 2),
            (LearningRateSchedule.Linear(finalFactor: 0.5), t => 1 - 0.5 * t),
        })
        {
            var expected = Enumerable.Range(0, Steps).Aggregate(1.0, (product, step) => product * (1 - Shrink * factor((double)step / Steps)));
            var decayed = Train(recipe with { WeightDecaySchedule = schedule });
            Assert.AreEqual(expected, Norm(decayed) / Norm(initial), 1e-4, $"{schedule}");
        }

        List<float[]> Train(RegularizationRecipe own) =>
            SmallNetwork.Weights(new MLContext(seed: 3).Fit(Plain with { LearningRate = Rate, Recipe = own }, rows).Model);

        static double Norm(List<float[]> weights) => Math.Sqrt(weights.Where(tensor => tensor.Length > 16).Sum(tensor => tensor.Sum(value => (double)value * value)));
    }

    [TestMethod]
    [DynamicData(nameof(ChangingKinds))]
    public void Dropout_of_strength_0_in_a_run_of_one_step_is_no_dropout(Dropout dropout)
    {
        var activation = dropout is AlphaDropout ? Activation.SELU : Activation.ReLU;
        var options = Plain with { Architecture = NetworkArchitecture.Mlp(16) with { Activation = activation }, BatchSize = 64, MaxEpochs = 1 };

        // Waves begin at 0.
        var without = Weights(options, RegularizationRecipe.None);
        var waves = Weights(options, RegularizationRecipe.None with { Dropout = dropout, DropoutSchedule = LearningRateSchedule.LogCosine() });
        var constant = Weights(options, RegularizationRecipe.None with { Dropout = dropout, DropoutSchedule = LearningRateSchedule.Constant });
        var unscheduled = Weights(options, RegularizationRecipe.None with { Dropout = dropout });

        for (var i = 0; i < without.Count; i++)
            Golden.Closeness.AssertClose(without[i], waves[i], 1e-6, $"tensor {i}");
        SmallNetwork.AssertEqual(unscheduled, constant);
        Assert.AreNotEqual(without.Sum(tensor => tensor.Sum()), constant.Sum(tensor => tensor.Sum()));
    }

    [TestMethod]
    public void Label_smoothing_of_strength_0_in_a_run_of_one_step_is_no_smoothing()
    {
        var options = Plain with { BatchSize = 64, MaxEpochs = 1 };
        var recipe = RegularizationRecipe.None with { LabelSmoothing = 0.2 };

        SmallNetwork.AssertEqual(
            Weights(options, RegularizationRecipe.None), Weights(options, recipe with { LabelSmoothingSchedule = LearningRateSchedule.LogCosine() }));
        SmallNetwork.AssertEqual(Weights(options, recipe), Weights(options, recipe with { LabelSmoothingSchedule = LearningRateSchedule.Constant }));

        // A line that ends at a half has the factor 3/4 in the second of two steps.
        var two = options with { BatchSize = 32 };
        Assert.AreNotEqual(
            Weights(two, recipe).Sum(tensor => tensor.Sum()),
            Weights(two, recipe with { LabelSmoothingSchedule = LearningRateSchedule.Linear(finalFactor: 0.5) }).Sum(tensor => tensor.Sum()));
    }

    [TestMethod]
    public void Layers_draw_with_the_rate_of_the_step()
    {
        using var scope = torch.NewDisposeScope();
        var key = RandomKey.FromSeed(5);
        var clock = new TrainingClock { DropoutFactor = 0.5 };
        var ones = torch.ones(10, 10);

        using var standard = new DropoutLayer(new StandardDropout(0.4), key, clock);
        using var same = new DropoutLayer(new StandardDropout(0.2), key, new TrainingClock());
        CollectionAssert.AreEqual(same.forward(ones).data<float>().ToArray(), standard.forward(ones).data<float>().ToArray());

        using var gaussian = new GaussianDropoutLayer(new GaussianDropout(0.4), key, clock);
        using var sameNoise = new GaussianDropoutLayer(new GaussianDropout(0.2), key, new TrainingClock());
        CollectionAssert.AreEqual(sameNoise.forward(ones).data<float>().ToArray(), gaussian.forward(ones).data<float>().ToArray());

        using var alpha = new AlphaDropoutLayer(new AlphaDropout(0.4), key, clock);
        using var sameAlpha = new AlphaDropoutLayer(new AlphaDropout(0.2), key, new TrainingClock());
        CollectionAssert.AreEqual(sameAlpha.forward(ones).data<float>().ToArray(), alpha.forward(ones).data<float>().ToArray());
    }

    private static IEnumerable<object[]> ChangingKinds =>
        new Dropout[] { new StandardDropout(0.4), new GaussianDropout(0.4), new AlphaDropout(0.4), new DropConnect(0.4), new DropConnect(0.4) { PerExample = true } }
            .Select(dropout => new object[] { dropout });

    private static List<float[]> Weights(NeuralNetworkOptions options, RegularizationRecipe recipe) =>
        SmallNetwork.Weights(new MLContext(seed: 3).Fit(options with { Recipe = recipe }, new MLContext().Rows(64)).Model);
}
