using Microsoft.ML.Regularization.Tests.Randomness;
using static Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo.SpreadNetworks;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>The spread over drawn networks against the exact mean and deviation over all networks that there are.</summary>
[TestClass]
public sealed class MonteCarloPassesTests
{
    private const int Passes = 4000;

    public static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.ToString() });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Over_dropout_it_is_the_enumeration_of_all_masks(string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        const int Units = 6;
        const double Drop = 0.3;
        var network = Train(NetworkArchitecture.Mlp(Units), task, RegularizationRecipe.None with { Dropout = Drop });
        var weights = network.Outcome.Weights;
        var (first, firstBias) = (weights.Find("hidden.0.linear.weight")!.Values.ToArray(), weights.Find("hidden.0.linear.bias")!.Values.ToArray());
        var (last, lastBias) = (weights.Find("output.weight")!.Values.ToArray(), weights.Find("output.bias")!.Values.ToArray());
        AssertSpread(network, row =>
        {
            var scaled = Scaled(network, row);
            var hidden = Enumerable.Range(0, Units).Select(unit => Math.Max(0, firstBias[unit] + Dot(first, unit, scaled))).ToArray();
            return Enumerable.Range(0, 1 << Units).Select(mask =>
            {
                var kept = hidden.Select((value, unit) => (mask >> unit & 1) == 1 ? value / (1 - Drop) : 0).ToArray();
                var outputs = Enumerable.Range(0, network.Outputs).Select(output => lastBias[output] + Dot(last, output, kept)).ToArray();
                var probability = Enumerable.Range(0, Units).Aggregate(1.0, (product, unit) => product * ((mask >> unit & 1) == 1 ? 1 - Drop : Drop));
                return (probability, Predict(network, task, outputs));
            });
        });
    }

    [TestMethod]
    [DataRow(StochasticDepthForm.Inverted, StochasticDepthSchedule.Linear)]
    [DataRow(StochasticDepthForm.Original, StochasticDepthSchedule.Constant)]
    public void Over_stochastic_depth_it_is_the_enumeration_of_all_depths(StochasticDepthForm form, StochasticDepthSchedule schedule)
    {
        const int Blocks = 3, Width = 5, Hidden = 10;
        var depth = new StochasticDepth { SurvivalProbability = 0.6, Form = form, Schedule = schedule };
        var architecture = NetworkArchitecture.ResidualMlp(Width, Blocks) with { Normalization = Normalization.None };
        var network = Train(architecture, LearningTask.Regression, RegularizationRecipe.None with { StochasticDepth = depth });
        AssertSpread(network, row => Enumerable.Range(0, 1 << Blocks).Select(mask =>
        {
            var probability = 1.0;
            var stream = Linear("input", Width, Scaled(network, row));
            for (var block = 0; block < Blocks; block++)
            {
                var survival = schedule == StochasticDepthSchedule.Constant ? 0.6 : 1 - (block + 1) / 3.0 * 0.4;
                var survives = (mask >> block & 1) == 1;
                probability *= survives ? survival : 1 - survival;
                if (!survives)
                    continue;

                var change = Linear($"blocks.{block}.linear", Width, Relu(Linear($"blocks.{block}.hidden.linear", Hidden, stream)));
                stream = [.. stream.Zip(change, (value, added) => value + added / (form == StochasticDepthForm.Inverted ? survival : 1))];
            }

            return (probability, Predict(network, LearningTask.Regression, Linear("output", 1, Relu(stream))));
        }));

        double[] Linear(string name, int units, double[] input)
        {
            var (weight, bias) = (network.Outcome.Weights.Find(name + ".weight")!.Values.ToArray(), network.Outcome.Weights.Find(name + ".bias")!.Values.ToArray());
            return [.. Enumerable.Range(0, units).Select(unit => bias[unit] + Dot(weight, unit, input))];
        }

        static double[] Relu(double[] values) => [.. values.Select(value => Math.Max(0, value))];
    }

    [TestMethod]
    [DataRow(Normalization.None)]
    [DataRow(Normalization.Batch)]
    [DataRow(Normalization.Layer)]
    public void Gaussian_dropout_of_a_linear_regression_has_the_variance_of_the_formula(Normalization normalization)
    {
        // Of one hidden layer: output = b + sum w_i h_i (1 + s z_i), of mean b + sum w_i h_i and variance s^2 sum (w_i h_i)^2.
        const double Drop = 0.2;
        var architecture = NetworkArchitecture.Mlp(12) with { Normalization = normalization, Activation = Activation.Tanh };
        var network = Train(architecture, LearningTask.Regression, RegularizationRecipe.None with { Dropout = new GaussianDropout(Drop) });
        var spread = new MonteCarloPasses(network, Passes, seed: 1);
        var last = network.Outcome.Weights.Find("output.weight")!.Values.ToArray();
        foreach (var row in Rows.Take(10))
        {
            var hidden = new float[12];
            network.Scorer.Layers[0].Apply([.. Scaled(network, row).Select(value => (float)value)], 1, hidden, noise: null);
            var variance = Drop / (1 - Drop) * hidden.Select((value, unit) => Math.Pow(value * last[unit], 2)).Sum();
            var scale = network.Outcome.TargetScale!.Deviation;
            var (mean, deviation) = Spread(spread, network, row);

            Assert.AreEqual(Math.Sqrt(variance) * scale, deviation[0], 4.5 * Math.Sqrt(variance / 2 / Passes) * scale);
            Assert.AreEqual(Scored(network, row)[0], mean[0], 4.5 * Math.Sqrt(variance / Passes) * scale + 1e-5);
        }
    }

    [TestMethod]
    public void Alpha_dropout_has_the_moments_of_the_paper()
    {
        // A unit is a (q x + (1 - q) s) + b on average, with variance a^2 q (1 - q) (x - s)^2; the output is linear in the units.
        const double Drop = 0.2;
        var architecture = NetworkArchitecture.Mlp(12) with { Activation = Activation.SELU };
        var network = Train(architecture, LearningTask.Regression, RegularizationRecipe.None with { Dropout = new AlphaDropout(Drop) });
        var spread = new MonteCarloPasses(network, Passes, seed: 1);
        var (last, bias) = (network.Outcome.Weights.Find("output.weight")!.Values.ToArray(), network.Outcome.Weights.Find("output.bias")!.Values.Span[0]);
        var (q, lowest) = (1 - Drop, -1.7580993408473766);
        var a = Math.Pow(q + lowest * lowest * q * (1 - q), -0.5);
        foreach (var row in Rows.Take(10))
        {
            var hidden = new float[12];
            network.Scorer.Layers[0].Apply([.. Scaled(network, row).Select(value => (float)value)], 1, hidden, noise: null);
            var expected = bias + hidden.Select((x, unit) => last[unit] * (a * (q * x + (1 - q) * lowest) - a * (1 - q) * lowest)).Sum();
            var variance = hidden.Select((x, unit) => Math.Pow(last[unit] * a * (x - lowest), 2) * q * (1 - q)).Sum();
            var scale = network.Outcome.TargetScale!;
            var (mean, deviation) = Spread(spread, network, row);

            Assert.AreEqual(expected * scale.Deviation + scale.Mean, mean[0], 4.5 * Math.Sqrt(variance / Passes) * scale.Deviation + 1e-4);
            Assert.AreEqual(Math.Sqrt(variance) * scale.Deviation, deviation[0], 6 * Math.Sqrt(variance / 2 / Passes) * scale.Deviation + 1e-4);
        }
    }

    [TestMethod]
    [DataRow(VariationalRates.Weight)]
    [DataRow(VariationalRates.Neuron)]
    [DataRow(VariationalRates.Layer)]
    public void Variational_dropout_of_a_linear_regression_has_the_variance_that_was_learned(VariationalRates rates)
    {
        var recipe = RegularizationRecipe.None with { Dropout = new VariationalDropout { Rates = rates } };
        var network = Train(NetworkArchitecture.Mlp(), LearningTask.Regression, recipe);
        var spread = new MonteCarloPasses(network, Passes, seed: 1);
        var weight = network.Outcome.Weights.Find("output.weight")!.Values.ToArray();
        var logVariance = network.Outcome.Weights.Find("output.log_variance")?.Values.ToArray();
        var logAlpha = network.Outcome.Weights.Find("output.log_alpha")?.Values.ToArray();
        foreach (var row in Rows.Take(10))
        {
            var variance = Scaled(network, row)
                .Select((x, i) => x * x * (logVariance is null ? Math.Exp(logAlpha![logAlpha.Length == 1 ? 0 : i]) * weight[i] * weight[i] : Math.Exp(logVariance[i])))
                .Sum();
            var scale = network.Outcome.TargetScale!.Deviation;
            Assert.IsGreaterThan(0, variance);
            Assert.AreEqual(Math.Sqrt(variance) * scale, Spread(spread, network, row).Deviation[0], 4.5 * Math.Sqrt(variance / 2 / Passes) * scale);
        }
    }

    [TestMethod]
    [DataRow(Normalization.None)]
    [DataRow(Normalization.Batch)]
    public void DropConnect_has_the_mean_of_matched_moments(Normalization normalization)
    {
        // Moment matching computes the expectation of the hidden units that the passes sample; the output is linear in them.
        var architecture = NetworkArchitecture.Mlp(12) with { Normalization = normalization, Activation = Activation.Tanh };
        var recipe = RegularizationRecipe.None with { Dropout = new DropConnect(0.3) { Inference = DropConnectInference.MomentMatched } };
        var network = Train(architecture, LearningTask.Regression, recipe);
        var spread = new MonteCarloPasses(network, Passes, seed: 1);
        foreach (var row in Rows.Take(10))
        {
            var (mean, deviation) = Spread(spread, network, row);
            Assert.IsGreaterThan(0f, deviation[0]);
            Assert.AreEqual(Scored(network, row)[0], mean[0], 4.5 * deviation[0] / Math.Sqrt(Passes) + 1e-4);
        }
    }

    [TestMethod]
    public void Small_dropout_tends_to_the_score()
    {
        var distances = new[] { 0.3, 0.03, 0.003 }.Select(drop =>
        {
            // The same weights: what is trained without dropout is asked with it.
            var trained = Train(NetworkArchitecture.Mlp(16), LearningTask.MulticlassClassification, RegularizationRecipe.None);
            var network = new TrainedNetwork(
                new MLContext(), trained.Task, trained.Architecture, RegularizationRecipe.None with { Dropout = drop }, trained.Training, trained.Input.Width, trained.Outputs, trained.Outcome);
            var spread = new MonteCarloPasses(network, 1000, seed: 3);
            return Rows.Average(row => Spread(spread, network, row).Mean.Zip(Scored(network, row), (a, b) => Math.Abs(a - b)).Sum());
        }).ToList();

        Assert.IsLessThan(distances[0] / 3, distances[1]);
        Assert.IsLessThan(distances[1] / 3, distances[2]);
        Assert.IsLessThan(0.002, distances[2]);
    }

    [TestMethod]
    public void More_passes_have_less_error()
    {
        var network = Train(NetworkArchitecture.Mlp(16), LearningTask.Regression, RegularizationRecipe.None with { Dropout = 0.3 });
        var (few, many) = (ErrorOf(10), ErrorOf(1000));

        // A tenth, but for chance.
        Assert.IsTrue(many < few / 5, $"{many} against {few}");

        double ErrorOf(int passes)
        {
            var means = Enumerable.Range(0, 20)
                .Select(seed => (double)Spread(new MonteCarloPasses(network, passes, seed), network, Rows[0]).Mean[0]).ToArray();
            return Math.Sqrt(GoodnessOfFit.Moments(means).Variance);
        }
    }

    private static void AssertSpread(TrainedNetwork network, Func<Example, IEnumerable<(double Probability, double[] Prediction)>> enumerate)
    {
        var spread = new MonteCarloPasses(network, Passes, seed: 11);
        foreach (var row in Rows.Take(8))
        {
            var all = enumerate(row).ToList();
            var (mean, deviation) = Spread(spread, network, row);
            Assert.AreEqual(1, all.Sum(one => one.Probability), 1e-12);
            for (var output = 0; output < network.Outputs; output++)
            {
                var exactMean = all.Sum(one => one.Probability * one.Prediction[output]);
                double Moment(int power) => all.Sum(one => one.Probability * Math.Pow(one.Prediction[output] - exactMean, power));
                var variance = Moment(2);
                Assert.AreEqual(exactMean, mean[output], 4.5 * Math.Sqrt(variance / Passes) + 1e-5);
                // The variance's own error is that of the fourth moment.
                var tolerance = 4.5 * Math.Sqrt((Moment(4) - variance * variance) / Passes) + 1e-5;
                Assert.AreEqual(variance, deviation[output] * (double)deviation[output], tolerance);
            }
        }
    }

    private static double[] Predict(TrainedNetwork network, LearningTask task, double[] outputs) => task switch
    {
        _ when task == LearningTask.MulticlassClassification => [.. outputs.Select(output => Math.Exp(output) / outputs.Sum(Math.Exp))],
        _ when task == LearningTask.BinaryClassification => [1 / (1 + Math.Exp(-outputs[0]))],
        _ => [network.Outcome.TargetScale!.Restore(outputs[0])],
    };

    private static double Dot(float[] weight, int unit, double[] input) => input.Select((value, i) => value * weight[unit * input.Length + i]).Sum();
}
