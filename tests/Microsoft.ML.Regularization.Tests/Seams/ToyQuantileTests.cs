using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyQuantileTests
{
    private static readonly NeuralNetworkOptions Linear = SeamTraining.Options with
    {
        Architecture = NetworkArchitecture.Mlp(), MaxEpochs = 1500, BatchSize = 101, LearningRate = 0.05, Schedule = new CosineSchedule(), InputScaling = InputScaling.None,
    };

    /// <summary>Without features, a network can do no better than the quantiles of the targets: of 0, 1, 4, ..., 100^2 those of rank 10, 50 and 90.</summary>
    [TestMethod]
    public void Without_features_it_finds_the_quantiles_of_the_targets()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 101).Select(rank => new Example { Features = [0, 0, 0, 0], Target = rank * rank }));
        var network = Fit(ml, Linear, view);
        var score = new float[ToyPinballLoss.Levels.Length];
        network.Scorer.Score(new float[Example.FeatureCount], 1, score);
        network.Link.Apply(score);
        Assert.AreEqual(100, score[0], 30);
        Assert.AreEqual(2500, score[1], 150);
        Assert.AreEqual(8100, score[2], 200);
    }

    [TestMethod]
    public void It_validates_stops_early_and_repeats_itself()
    {
        var (first, second) = (Fit(), Fit());
        SeamTraining.AssertSame(WeightsOf(first), WeightsOf(second));
        Assert.IsGreaterThan(0, first.History.Epochs[^1].ValidationMetrics[ValidationMetric.MeanAbsoluteError]);

        static TrainedNetwork Fit()
        {
            var ml = new MLContext(seed: 1);
            var options = SeamTraining.Options with { Recipe = RegularizationRecipe.SmallDataset, ValidationSet = ml.Rows(60, seed: 2), MaxEpochs = 10 };
            return ToyQuantileTests.Fit(ml, options, ml.Rows(150));
        }

        static List<float[]> WeightsOf(TrainedNetwork network) => [.. network.Weights.Select(tensor => tensor.Values.ToArray())];
    }

    [TestMethod]
    public void What_is_about_classes_is_refused_by_name()
    {
        var options = SeamTraining.Options with { Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1 } };
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(new MLContext(), options, new MLContext().Rows(9)));
        Assert.Contains("a toy quantiles has none", error.Message);
    }

    [TestMethod]
    public void Monte_Carlo_prediction_scores_it()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Rows(60);
        var network = Fit(ml, SeamTraining.Options with { Recipe = RegularizationRecipe.None with { Dropout = 0.2 } }, view);
        var drawn = ml.Transforms.MonteCarlo(network, passes: 10).Fit(view).Transform(view);
        var vectors = drawn.Schema.Where(column => column.Type is VectorDataViewType { Size: 3 }).ToList();
        Assert.IsNotEmpty(vectors);
        foreach (var column in vectors)
            Assert.HasCount(60, drawn.GetColumn<float[]>(column).ToList());
    }

    private static TrainedNetwork Fit(MLContext ml, NeuralNetworkOptions options, IDataView view) =>
        NetworkFit.Run(new TrainerSetup(ml, "ToyQuantiles", ToyQuantileTask.Instance, options), view, validationSet: null, previous: null).Network;
}
