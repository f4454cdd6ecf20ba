using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class NeuralNetworkRegressionTrainerTests
{
    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with { LabelColumnName = "Target" };

    private static readonly NeuralNetworkOptions Linear = Options with
    {
        Architecture = NetworkArchitecture.Mlp(), BatchSize = 500, MaxEpochs = 1500, LearningRate = 0.05, Schedule = new CosineSchedule(),
        InputScaling = InputScaling.None,
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Evaluation_agrees_with_the_history()
    {
        var test = _ml.Rows(200, seed: 2);
        var model = _ml.Regression.Trainers.NeuralNetwork(Options with { ValidationSet = test }).Fit(_ml.Rows(300));
        var metrics = _ml.Regression.Evaluate(model.Transform(test), "Target");
        var last = model.Model.History.Epochs[^1].ValidationMetrics;
        Assert.AreEqual(metrics.RSquared, last[ValidationMetric.RSquared], 1e-5);
        Assert.AreEqual(metrics.MeanAbsoluteError, last[ValidationMetric.MeanAbsoluteError], 1e-5);
        Assert.AreEqual(metrics.RootMeanSquaredError, last[ValidationMetric.RootMeanSquaredError], 1e-5);
        Assert.IsGreaterThan(0.95, metrics.RSquared);
    }

    [TestMethod]
    public void A_linear_network_finds_the_least_squares()
    {
        // The target is the sum of the features: every weight 1, no bias. Beside it noise that least squares cannot explain.
        var rows = Example.Clusters(200);
        rows.ForEach(row => row.Target = 3 * row.Features[0] - 2 * row.Features[1] + 10 + (row.Id % 2 == 0 ? 1 : -1));
        var coefficients = LeastSquares(rows);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var scores = _ml.Regression.Trainers.NeuralNetwork(Linear).Fit(view).Transform(view).GetColumn<float>("Score");
        foreach (var (row, score) in rows.Zip(scores))
            Assert.AreEqual(coefficients[4] + row.Features.Select((feature, i) => coefficients[i] * feature).Sum(), score, 5e-3);
    }

    [TestMethod]
    public void Without_features_the_losses_find_mean_median_and_what_lies_between()
    {
        float[] targets = [1, 2, 3, 5, 100];
        var rows = targets.Select(target => new Example { Features = [0, 0, 0, 0], Target = target }).ToList();
        Assert.AreEqual(targets.Average(), Score(LossFunction.Squared), 0.05);
        Assert.AreEqual(3, Score(LossFunction.Absolute), 0.3);

        // In units of the deviation d the errors below 0.5 d pull by their size, the one beyond by 0.5 d.
        var mean = targets.Average();
        var deviation = Math.Sqrt(targets.Average(target => (target - mean) * (target - mean)));
        Assert.AreEqual((1 + 2 + 3 + 5 + 0.5 * deviation) / 4, Score(LossFunction.Huber(0.5)), 0.1);

        float Score(LossFunction loss)
        {
            var view = _ml.Data.LoadFromEnumerable(rows);
            return _ml.Regression.Trainers.NeuralNetwork(Linear with { Loss = loss, BatchSize = 5 }).Fit(view).Transform(view).GetColumn<float>("Score").First();
        }
    }

    [TestMethod]
    public void Scores_follow_the_targets_units()
    {
        var rows = Example.Clusters(150);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var plain = _ml.Regression.Trainers.NeuralNetwork(Options).Fit(view).Transform(view).GetColumn<float>("Score").ToList();
        var prices = rows.ConvertAll(row => new Example { Features = row.Features, Target = 4096 * row.Target + 65536 });
        var scores = _ml.Regression.Trainers.NeuralNetwork(Options).Fit(_ml.Data.LoadFromEnumerable(prices)).Transform(view).GetColumn<float>("Score");
        foreach (var (a, b) in plain.Zip(scores))
            Assert.AreEqual(4096 * a + 65536, b, 100);
    }

    [TestMethod]
    public void Example_weights_count_as_repetitions()
    {
        var rows = Example.Clusters(90);
        rows.ForEach(row => row.Weight = row.Id % 3);
        rows.ForEach(row => row.Target += row.Id % 5);
        var copies = rows.SelectMany(row => Enumerable.Repeat(row, (int)row.Weight)).ToList();
        var view = _ml.Data.LoadFromEnumerable(rows);
        var weighted = _ml.Regression.Trainers.NeuralNetwork(Linear with { ExampleWeightColumnName = "Weight", MaxEpochs = 100 }).Fit(view).Transform(view);
        var repeated = _ml.Regression.Trainers.NeuralNetwork(Linear with { MaxEpochs = 100 }).Fit(_ml.Data.LoadFromEnumerable(copies)).Transform(view);
        foreach (var (a, b) in weighted.GetColumn<float>("Score").Zip(repeated.GetColumn<float>("Score")))
            Assert.AreEqual(b, a, 1e-2);
    }

    [TestMethod]
    public void Mixup_mixes_targets()
    {
        // A linear relation holds for mixed rows too.
        var view = _ml.Rows(200);
        var model = _ml.Transforms.Mixup(labelColumnName: "Target", alpha: 1).Append(_ml.Regression.Trainers.NeuralNetwork(Options)).Fit(view);
        Assert.IsGreaterThan(0.9, _ml.Regression.Evaluate(model.Transform(view), "Target").RSquared);
    }

    [TestMethod]
    public void The_promised_schema_is_the_schema_of_the_predictions_and_that_of_MLNETs_own_trainers()
    {
        var view = _ml.Rows(60);
        var trainer = _ml.Regression.Trainers.NeuralNetwork(Options with { MaxEpochs = 1 });
        var schema = trainer.Fit(view).Transform(view).Schema;
        SchemaShapes.AssertEqual(SchemaShapes.Of(schema), trainer.GetOutputSchema(SchemaShapes.Of(view.Schema)));
        var theirs = _ml.Regression.Trainers.Sdca("Target").Fit(view).Transform(view).Schema;
        SchemaShapes.AssertEqual(SchemaShapes.Of(theirs), SchemaShapes.Of(schema));
    }

    // By the normal equations, the bias last.
    private static double[] LeastSquares(List<Example> rows)
    {
        const int n = 5;
        var system = new double[n, n + 1];
        foreach (var row in rows)
        {
            double[] x = [.. row.Features.Select(feature => (double)feature), 1];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                    system[i, j] += x[i] * x[j];
                system[i, n] += x[i] * row.Target;
            }
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            for (var i = 0; i < n; i++)
            {
                if (i == pivot)
                    continue;
                var factor = system[i, pivot] / system[pivot, pivot];
                for (var j = pivot; j <= n; j++)
                    system[i, j] -= factor * system[pivot, j];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i])];
    }
}
