using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Explanations;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Explanations;

/// <summary>Contributions against a numeric integral over finite differences of what the model scores.</summary>
[TestClass]
public sealed class IntegratedGradientsTests
{
    private const int Slices = 400;
    private const double Difference = 1e-2;

    private static readonly NeuralNetworkOptions Smooth = SmallNetwork.Options with
    {
        Architecture = NetworkArchitecture.Mlp(8) with { Activation = Activation.Tanh },
        InputScaling = InputScaling.None,
        MaxEpochs = 30,
        LearningRate = 0.02,
    };

    private static readonly Dictionary<string, NeuralNetworkOptions> Kinds = new()
    {
        ["one network"] = Smooth,
        ["calibrated"] = Smooth with { Calibration = Calibration.Temperature() },
        ["members"] = Smooth with { Members = 3, Calibration = Calibration.Affine() },
        ["folds"] = Smooth with { Folds = 3 },
        ["TabM"] = Smooth with { Architecture = NetworkArchitecture.TabM(4, 8) with { Activation = Activation.SiLU, NumericalEmbedding = NumericalEmbedding.Periodic() } },
        ["RealMlp"] = Smooth with { Architecture = NetworkArchitecture.RealMlp(Activation.Mish) with { HiddenSizes = [8] } },
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases => from kind in Kinds.Keys from task in LearningTasks.All select new object[] { kind, task.Name };

    private static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.Name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void They_are_the_integral_of_differences(string kind, string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var options = Kinds[kind];
        if (!EveryTask.HasClasses(task))
            options = options with { Calibration = null };
        else if (options.Calibration is not null)
            options = options with { ValidationFraction = 0.3 };
        var network = EveryTask.Trainer(_ml, task, options).Fit(_ml.Data.LoadFromEnumerable(Example.Clusters(80))).GetNeuralNetwork();
        float[] start = [0.3f, -0.4f, 1.1f, 0.2f];
        float[] end = [1.4f, 0.5f, -0.3f, 0.2f];
        var gradients = IntegratedGradients.Of(network, new ExplainedColumns(["a", "b", "c", "d"], [0, 1, 2, 3]), [start], new ExplanationOptions { Steps = Slices })!;
        var contributions = new float[4];
        var from = gradients.Attribute(end, contributions);
        var chosen = IsMulticlass(network) ? Array.IndexOf(ScoresOf(network, end), ScoresOf(network, end).Max()) : 0;

        for (var i = 0; i < contributions.Length; i++)
        {
            var integral = 0.0;
            for (var slice = 0; slice < Slices && start[i] != end[i]; slice++)
            {
                var place = (slice + 0.5) / Slices;
                var point = start.Zip(end, (first, last) => (float)(first + place * (last - first))).ToArray();
                integral += (end[i] - start[i]) * (At(point, i, Difference) - At(point, i, -Difference)) / (2 * Difference) / Slices;
            }

            Assert.AreEqual(integral, contributions[i], 2e-3 * (1 + Math.Abs(integral)), $"column {i}");
        }

        Assert.AreEqual(0, contributions[3]);
        Assert.AreEqual(ScoreOf(network, start, chosen), from, 1e-4);
        Assert.AreEqual(ScoreOf(network, end, chosen), from + contributions.Sum(), 1e-4);

        double At(float[] point, int column, double change)
        {
            var moved = point.ToArray();
            moved[column] += (float)change;
            return ScoreOf(network, moved, chosen);
        }
    }

    /// <summary>Of a linear network a column contributes its weight times the difference from the mean of the background.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(10)]
    public void Those_of_a_linear_network_are_weights_times_differences(int groups)
    {
        var network = EveryTask.Trainer(_ml, LearningTask.BinaryClassification, Smooth with { Architecture = NetworkArchitecture.Mlp() })
            .Fit(_ml.Data.LoadFromEnumerable(Example.Clusters(80))).GetNeuralNetwork();
        var weight = network.Weights.Single(tensor => tensor.Name == "output.weight").Values.ToArray();
        var background = Example.Clusters(10, seed: 5).ConvertAll(row => row.Features);
        var gradients = IntegratedGradients.Of(network, new ExplainedColumns(["odd", "even"], [0, 1, 0, 1]), background, new ExplanationOptions { Groups = groups })!;
        var (row, contributions) = (Example.Clusters(1, seed: 7)[0].Features, new float[2]);
        gradients.Attribute(row, contributions);
        for (var column = 0; column < 2; column++)
        {
            var expected = 0.0;
            for (var i = column; i < row.Length; i += 2)
                expected += weight[i] * (row[i] - background.Average(other => (double)other[i]));
            Assert.AreEqual(expected, contributions[column], 1e-5);
        }
    }

    /// <summary>Copies of a network that share its groups out tell of a row what it tells by itself.</summary>
    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Copies_that_share_groups_out_tell_what_one_of_them_tells(string taskName)
    {
        var network = EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, Smooth).Fit(_ml.Data.LoadFromEnumerable(Example.Clusters(80))).GetNeuralNetwork();
        var copies = new TrainedNetwork([.. Enumerable.Repeat(network, 6)], network.History);
        var background = Example.Clusters(24, seed: 5).ConvertAll(row => row.Features);
        var columns = new ExplainedColumns(["a", "b", "c", "d"], [0, 1, 2, 3]);
        var row = Example.Clusters(1, seed: 7)[0].Features;
        var options = new ExplanationOptions { Groups = 6, Steps = 2 };
        var (alone, shared) = (new float[4], new float[4]);
        var from = IntegratedGradients.Of(network, columns, background, options)!.Attribute(row, alone);
        foreach (var networksOfGroup in new[] { 1, 2, 3, 6 })
        {
            Assert.AreEqual(from, IntegratedGradients.Of(copies, columns, background, options with { NetworksOfGroup = networksOfGroup })!.Attribute(row, shared), 1e-4);
            for (var column = 0; column < alone.Length; column++)
                Assert.AreEqual(alone[column], shared[column], 1e-4 * Math.Max(1, alone.Max(Math.Abs)), $"{networksOfGroup} networks of a group, column {column}");
        }
    }

    /// <summary>Of different networks the mean evens out what each leaves aside; a network alone that walks from as few groups is far off.</summary>
    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Networks_that_share_groups_out_are_near_to_all_networks_of_all_groups(string taskName)
    {
        var network = EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, Smooth with { Members = 4, Folds = 3, MaxEpochs = 10 })
            .Fit(_ml.Data.LoadFromEnumerable(Example.Clusters(120))).GetNeuralNetwork();
        var background = Example.Clusters(48, seed: 5).ConvertAll(row => row.Features).OrderBy(row => ScoresOf(network, row)[0]).ToList();
        var columns = new ExplainedColumns(["a", "b", "c", "d"], [0, 1, 2, 3]);
        var all = Explain(new ExplanationOptions { Groups = 12, NetworksOfGroup = 12 });
        var (shared, few) = (Explain(new ExplanationOptions { Groups = 12, NetworksOfGroup = 2 }), Explain(new ExplanationOptions { Groups = 2, NetworksOfGroup = 12 }));
        Assert.IsLessThan(0.2, Distance(shared), $"{Distance(shared)}");
        Assert.IsLessThan(0.75 * Distance(few), Distance(shared), $"{Distance(shared)} and {Distance(few)}");

        float[] Explain(ExplanationOptions options)
        {
            var gradients = IntegratedGradients.Of(network, columns, background, options)!;
            return [.. Example.Clusters(20, seed: 7).SelectMany(row =>
            {
                var contributions = new float[4];
                gradients.Attribute(row.Features, contributions);
                return contributions;
            })];
        }

        double Distance(float[] contributions) => contributions.Zip(all, (own, other) => Math.Abs(own - (double)other)).Sum() / all.Sum(value => Math.Abs((double)value));
    }

    private static bool IsMulticlass(TrainedNetwork network) => network.Task == LearningTask.MulticlassClassification;

    private static float[] ScoresOf(TrainedNetwork network, float[] row)
    {
        var outputs = new float[network.Outputs];
        network.Scorer.Score(row, 1, outputs);
        if (network.Outputs == 1 && network.Outcome.TargetScale is null && !network.IsEnsemble)
            return [network.Link.Calibrated(outputs[0])];
        if (network.Task == LearningTask.BinaryClassification)
            return [network.Link.Calibrated(outputs[0])];
        network.Link.Apply(outputs);
        return outputs;
    }

    private static double ScoreOf(TrainedNetwork network, float[] row, int chosen)
    {
        var score = ScoresOf(network, row)[chosen];
        return IsMulticlass(network) ? Math.Log(score) - Math.Log(1.0 - score) : score;
    }
}
