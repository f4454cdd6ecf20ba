using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Networks that start from the weights of another one, as if these were published.</summary>
[TestClass]
public sealed class FineTuningTests
{
    private static readonly IDataView Rows = new MLContext().Data.LoadFromEnumerable(InputExample.Of(48));
    private static readonly ArchitectureCase Images = TunedNetwork.Images;
    private static readonly ArchitectureCase Texts = TunedNetwork.Texts;

    private static IEnumerable<object[]> Both => [[Images], [Texts]];

    [TestMethod]
    [DynamicData(nameof(Both))]
    public void The_head_alone_learns_where_the_body_is_frozen(object architecture)
    {
        var own = (ArchitectureCase)architecture;
        var (start, end) = Tune(own, new FineTuning { Frozen = ["*"] }, RegularizationRecipe.None with { WeightDecay = 0.1 });
        foreach (var tensor in start.Tensors)
            CollectionAssert.AreEqual(tensor.Values.ToArray(), end.Find(tensor.Name)!.Values.ToArray(), tensor.Name);
        Assert.IsTrue(end.Find("output.bias")!.Values.ToArray().Any(value => value != 0));
    }

    [TestMethod]
    public void What_a_pattern_names_stays_and_the_rest_learns()
    {
        var (start, end) = Tune(Texts, new FineTuning { Frozen = ["embedding.*", "positions.table", "blocks.0.*"] }, RegularizationRecipe.None);
        foreach (var tensor in start.Tensors)
        {
            var isFrozen = tensor.Name.StartsWith("embedding.", StringComparison.Ordinal) || tensor.Name is "positions.table" || tensor.Name.StartsWith("blocks.0.", StringComparison.Ordinal);
            Assert.AreEqual(isFrozen, tensor.Values.Span.SequenceEqual(end.Find(tensor.Name)!.Values.Span), tensor.Name);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Statistics_stay_or_learn(bool freezes)
    {
        var recipe = RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Exponential(0.9) };
        foreach (var own in new[] { RegularizationRecipe.None, recipe })
        {
            var (start, end) = Tune(Images, new FineTuning { FreezesStatistics = freezes }, own);
            foreach (var tensor in start.Tensors.Where(tensor => tensor.Name.Contains("running", StringComparison.Ordinal)))
                Assert.AreEqual(freezes, tensor.Values.Span.SequenceEqual(end.Find(tensor.Name)!.Values.Span), tensor.Name);
            Assert.IsFalse(start.Find("stem.weight")!.Values.Span.SequenceEqual(end.Find("stem.weight")!.Values.Span));
        }
    }

    /// <summary>The stronger the pull, the nearer the body ends to its start.</summary>
    [TestMethod]
    public void L2SP_keeps_the_body_near_its_start()
    {
        double[] distances = [.. new[] { 0, 0.3, 30 }.Select(strength =>
        {
            var (start, end) = Tune(Texts, new FineTuning { StartingPointPenalty = strength }, RegularizationRecipe.None, Optimizer.Sgd());
            return start.Tensors.Where(tensor => tensor.Name.EndsWith("qkv.weight", StringComparison.Ordinal))
                .Sum(tensor => tensor.Values.ToArray().Zip(end.Find(tensor.Name)!.Values.ToArray(), (from, to) => Math.Pow(to - from, 2)).Sum());
        })];
        Assert.IsGreaterThan(distances[1], distances[0]);
        Assert.IsGreaterThan(2 * distances[2], distances[1]);
    }

    [TestMethod]
    public void It_composes_and_resumes_to_the_same_weights()
    {
        var recipe = RegularizationRecipe.None with
        {
            Dropout = 0.1, WeightDecay = 0.01, LabelSmoothing = 0.1, SharpnessAware = new SharpnessAwareMinimization(), WeightAveraging = WeightAveraging.Exponential(0.9),
            GradientClipping = GradientClipping.ByNorm(1), EarlyStopping = new EarlyStopping(), ManifoldMixup = new ManifoldMixup(),
        };
        var tuning = new FineTuning { Frozen = ["stem*", "blocks.0.conv1.weight"], BodyRate = 0.5, LayerDecay = 0.9, StartingPointPenalty = 0.01, HeadPenalty = 0.001 };
        using var file = TunedNetwork.Publish(Images);
        var options = TunedNetwork.Options(Images, file, tuning, recipe) with { ValidationFraction = 0.25 };
        ITransformer Fit(NeuralNetworkOptions own) => EveryTask.Trainer(new MLContext(seed: 2), LearningTask.MulticlassClassification, own).Fit(Rows);

        var whole = Fit(options);
        var (pieces, interruptions) = InterruptedTraining.Fit(options, Fit, checkpoints: 4);

        Assert.IsGreaterThan(0, interruptions);
        InterruptedTraining.AssertSame(whole, pieces);
    }

    [TestMethod]
    public void What_cannot_be_is_refused_by_name()
    {
        using var file = TunedNetwork.Publish(Texts);
        var options = TunedNetwork.Options(Texts, file, new FineTuning(), RegularizationRecipe.None);
        Refusal.Check("no weights", () => Trainer(options with { Pretrained = null }).Fit(Rows), ["FineTuning", "Pretrained is null", "no model"]);
        Refusal.Check("rate", () => Trainer(options with { FineTuning = new FineTuning { BodyRate = 0 } }), ["BodyRate", "above 0"]);
        Refusal.Check("decay", () => Trainer(options with { FineTuning = new FineTuning { LayerDecay = 1.1 } }), ["LayerDecay", "1.1"]);
        Refusal.Check("penalty", () => Trainer(options with { FineTuning = new FineTuning { StartingPointPenalty = -1 } }), ["StartingPointPenalty", "-1"]);
        Refusal.Check("head", () => Trainer(options with { FineTuning = new FineTuning { HeadPenalty = -1 } }), ["HeadPenalty", "-1"]);
        Refusal.Check("blank", () => Trainer(options with { FineTuning = new FineTuning { Frozen = [" "] } }), ["Frozen"]);
        Refusal.Check("pattern", () => Trainer(options with { FineTuning = new FineTuning { Frozen = ["layer1.*"] } }).Fit(Rows), ["Frozen", "layer1.*", "embedding.weight"]);
        Refusal.Check("head's pattern", () => Trainer(options with { FineTuning = new FineTuning { Frozen = ["output.*"] } }).Fit(Rows), ["Frozen", "output.*"]);
    }

    private static (NetworkWeights Start, NetworkWeights End) Tune(ArchitectureCase own, FineTuning tuning, RegularizationRecipe recipe, Optimizer? optimizer = null)
    {
        using var file = TunedNetwork.Publish(own);
        var options = TunedNetwork.Options(own, file, tuning, recipe) with { Optimizer = optimizer };
        return (TunedNetwork.Read(file), Trainer(options).Fit(Rows).GetNeuralNetwork().Outcome.Weights);
    }

    private static IEstimator<ITransformer> Trainer(NeuralNetworkOptions options) => TunedNetwork.Trainer(options, LearningTask.MulticlassClassification);
}
