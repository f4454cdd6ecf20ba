using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Scoring.Members;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Pruning;

/// <summary>TabM with the members that are best together, against a choice by hand among those of the network that keeps all.</summary>
[TestClass]
public sealed class MemberPruningTests
{
    private static readonly TabMArchitecture Five = NetworkArchitecture.TabM(5, 8) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 4, size: 3) };

    private static readonly NeuralNetworkOptions All = SmallNetwork.Options with
    {
        Architecture = Five,
        MaxEpochs = 6,
        Calibration = Calibration.None,
        Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = int.MaxValue, RetrainsOnAllRows = false } },
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases => from task in LearningTasks.All from kept in new[] { 1, 2, 4 } select new object[] { task.Name, kept };

    private static IEnumerable<object[]> TaskNames => LearningTasks.All.Select(task => new object[] { task.Name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_members_are_the_best_ones_one_after_the_other_and_the_network_is_their_mean(string taskName, int kept)
    {
        var validation = WithGaps(90, seed: 2);
        var options = Own(taskName, All) with { ValidationSet = _ml.Data.LoadFromEnumerable(validation) };
        var full = Fit(taskName, options);
        var pruned = Fit(taskName, options with { Architecture = Five with { KeptMembers = kept } });

        var expected = Greedy(full, taskName, validation, kept);
        CollectionAssert.AreEqual(expected, MembersOf(pruned, full), $"by hand {string.Join(", ", expected)}");
        Assert.AreEqual(full.Architecture is TabMArchitecture all ? all with { Members = kept } : null, pruned.Architecture);
        var chosen = expected.ConvertAll(member => MembersByHand.Alone(full, member));
        foreach (var row in WithGaps(20, seed: 3))
        {
            var mean = chosen.Select(member => MembersByHand.Outputs(member, row.Features)).Select(outputs => Unbounded(full, outputs)).Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]).Select(sum => sum / kept).ToArray();
            if (full.Outcome.TargetScale is { Least: { } least, Greatest: { } greatest })
                mean[0] = Math.Clamp(mean[0], least, greatest);
            Closeness.AssertClose(mean, Score(pruned, row), 1e-5, $"row {row.Id}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(TaskNames))]
    public void The_file_is_smaller_and_scores_the_same(string taskName)
    {
        var rows = _ml.Data.LoadFromEnumerable(WithGaps(90, seed: 1));
        var (full, pruned) = (Model(taskName, Own(taskName, All)), Model(taskName, Own(taskName, All with { Architecture = Five with { KeptMembers = 2 } })));
        using var file = new MemoryStream();
        _ml.Model.Save(pruned, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        Assert.AreEqual(pruned.GetNeuralNetwork().Architecture, loaded.GetNeuralNetwork().Architecture);
        SmallNetwork.AssertEqual(EveryTask.Scores(pruned, rows), EveryTask.Scores(loaded, rows));
        foreach (var (before, after) in full.GetNeuralNetwork().Weights.Zip(loaded.GetNeuralNetwork().Weights))
        {
            Assert.AreEqual(before.Name, after.Name);
            Assert.AreEqual(before.Name.StartsWith("members", StringComparison.Ordinal) || before.Name.StartsWith("output", StringComparison.Ordinal), before.Values.Length * 2 == after.Values.Length * 5);
        }
    }

    [TestMethod]
    public void Probabilities_are_calibrated_as_those_of_the_members_that_stay()
    {
        var validation = Example.Clusters(80, seed: 2);
        var options = All with { Calibration = Calibration.Temperature(2), ClassWeights = ClassWeights.Of(1, 2, 4), ValidationSet = _ml.Data.LoadFromEnumerable(validation) };
        var pruned = Fit(LearningTask.MulticlassClassification.Name, options with { Architecture = Five with { KeptMembers = 2 } });
        var learner = new TemperatureLearner(3, 2);
        foreach (var row in validation)
            learner.Add(MembersByHand.Outputs(pruned, row.Features), new RowLabel((int)row.Label, [], 1), new ClassEncoding(3, [1, 2, 4]));
        var expected = learner.Learn()!;
        Assert.AreEqual(expected.Temperature, pruned.History.Calibration!.Temperature, 1e-3);
        Assert.AreEqual(80, pruned.History.Calibration.Rows);
        Assert.IsGreaterThan(0.01, Math.Abs(expected.Temperature - Fit(LearningTask.MulticlassClassification.Name, options).History.Calibration!.Temperature));
    }

    [TestMethod]
    public void Few_rows_are_not_trained_on_again_and_an_interrupted_run_goes_on_to_the_same_network()
    {
        var rows = _ml.Rows(90);
        var options = All with
        {
            Architecture = Five with { KeptMembers = 2 }, Seed = 3,
            Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = int.MaxValue } },
        };
        var whole = _ml.Fit(options, rows);
        Assert.IsEmpty(whole.Model.History.RetrainingEpochs);
        var (resumed, interruptions) = InterruptedTraining.Fit(options, own => _ml.Fit(own, rows), checkpoints: 5);
        Assert.IsGreaterThan(1, interruptions);
        SmallNetwork.AssertEqual(SmallNetwork.Weights(whole.Model), EveryTask.Weights(resumed));
    }

    [TestMethod]
    public void Training_goes_on_with_the_members_that_stayed()
    {
        var rows = _ml.Rows(90);
        var options = All with { Architecture = Five with { KeptMembers = 2 } };
        var first = _ml.Fit(options, rows);
        var second = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Architecture = null, LearningRate = 1e-20 }).Fit(rows, first.Model);
        SmallNetwork.AssertEqual(SmallNetwork.Weights(first.Model), SmallNetwork.Weights(second.Model));
        var again = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Architecture = Five with { Members = 2, KeptMembers = null } }).Fit(rows, first.Model);
        Assert.AreEqual(first.Model.Architecture, again.Model.Architecture);

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(rows, first.Model));
        Assert.Contains("is TabM(2 members,", error.Message);
        Assert.Contains("Architecture is TabM(5 members of which 2 stay,", error.Message);
    }

    /// <summary>The best single member, then the one with which the mean is best, by formulas in double precision.</summary>
    private static List<int> Greedy(TrainedNetwork full, string taskName, List<Example> rows, int kept)
    {
        var predictions = Enumerable.Range(0, 5).Select(member => MembersByHand.Alone(full, member))
            .Select(alone => rows.ConvertAll(row => Unbounded(full, MembersByHand.Outputs(alone, row.Features)))).ToList();
        var chosen = new List<int>();
        while (chosen.Count < kept)
            chosen.Add(Enumerable.Range(0, 5).Except(chosen).MinBy(member => Loss([.. chosen, member])));
        return [.. chosen.Order()];

        double Loss(List<int> members) => rows.Select((row, i) =>
        {
            double Mean(int output) => members.Average(member => predictions[member][i][output]);
            return taskName == LearningTask.Regression.Name ? Math.Pow(Mean(0) - row.Target, 2)
                : taskName == LearningTask.BinaryClassification.Name ? -Math.Log(row.Flag ? Mean(0) : 1 - Mean(0))
                : -Math.Log(Mean((int)row.Label));
        }).Average();
    }

    // The mean of numbers is bounded, not each of them.
    private static double[] Unbounded(TrainedNetwork network, float[] outputs) =>
        network.Outcome.TargetScale is { } scale ? [outputs[0] * scale.Deviation + scale.Mean] : MembersByHand.Prediction(network, network, outputs);

    /// <summary>Which members of the full network the pruned one has, by their factors.</summary>
    private static List<int> MembersOf(TrainedNetwork pruned, TrainedNetwork full)
    {
        var (kept, all) = (Factors(pruned), Factors(full));
        return kept.ConvertAll(factors => all.FindIndex(other => other.SequenceEqual(factors)));

        static List<float[]> Factors(TrainedNetwork network)
        {
            var members = ((TabMArchitecture)network.Architecture).Members;
            var values = network.Weights.Single(tensor => tensor.Name == "members.factor").Values.ToArray();
            return [.. values.Chunk(values.Length / members)];
        }
    }

    private static float[] Score(TrainedNetwork network, Example row)
    {
        var outputs = MembersByHand.Outputs(network, row.Features);
        network.Link.Apply(outputs);
        return outputs;
    }

    private static List<Example> WithGaps(int count, int seed)
    {
        var rows = Example.Clusters(count, seed);
        foreach (var row in rows.Where(row => row.Id % 5 == 2))
            row.Features[row.Id % 4] = float.NaN;
        return rows;
    }

    private static NeuralNetworkOptions Own(string taskName, NeuralNetworkOptions options) => options with { LabelColumnName = EveryTask.LabelOf(LearningTasks.Find(taskName)!) };

    private ITransformer Model(string taskName, NeuralNetworkOptions options) =>
        EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, options).Fit(_ml.Data.LoadFromEnumerable(WithGaps(120, seed: 1)));

    private TrainedNetwork Fit(string taskName, NeuralNetworkOptions options) => Model(taskName, options).GetNeuralNetwork();
}
