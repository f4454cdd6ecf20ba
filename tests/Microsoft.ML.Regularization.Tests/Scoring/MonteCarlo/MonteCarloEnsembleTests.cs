using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Scoring.Members;
using Microsoft.ML.Regularization.Tests.Trainers;
using static Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo.SpreadNetworks;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>Monte-Carlo prediction of models of several networks: the deviation is the total one, within the networks and between them.</summary>
[TestClass]
public sealed class MonteCarloEnsembleTests
{
    private static readonly NeuralNetworkOptions Bag = SmallNetwork.Options with
    {
        Architecture = NetworkArchitecture.Mlp(8), MaxEpochs = 3, Members = 3, Recipe = RegularizationRecipe.None with { Dropout = 0.3 },
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> TaskNames => LearningTasks.All.Select(task => new object[] { task.Name });

    [TestMethod]
    [DynamicData(nameof(TaskNames))]
    public void Of_one_member_it_is_the_members_own_bit_for_bit(string taskName)
    {
        var member = Fit(taskName, Bag).Members[1];
        var model = new TrainedNetwork([member], member.History);
        using var own = new MonteCarloPasses(member, 150, seed: 4);
        using var ofModel = new MonteCarloPasses(model, 150, seed: 4);
        foreach (var row in Rows.Take(10))
        {
            var (expected, actual) = (Spread(own, member, row), Spread(ofModel, model, row));
            CollectionAssert.AreEqual(expected.Mean, actual.Mean);
            CollectionAssert.AreEqual(expected.Deviation, actual.Deviation);
        }
    }

    [TestMethod]
    [DynamicData(nameof(TaskNames))]
    public void Without_noise_it_is_the_deviation_between_the_members(string taskName)
    {
        foreach (var recipe in (RegularizationRecipe[])[RegularizationRecipe.None, RegularizationRecipe.None with { Dropout = new StandardDropout(0) }])
        {
            var bag = Fit(taskName, Bag with { Recipe = recipe, ValidationFraction = 0.3 });
            Assert.AreEqual(EveryTask.HasClasses(bag.Task), bag.History.Calibration is not null);
            foreach (var model in (TrainedNetwork[])[bag, new TrainedNetwork(bag.Members, bag.History, [0.7, 0.2, 0.1])])
            {
                using var passes = new MonteCarloPasses(model, 20, seed: 2);
                foreach (var row in Rows.Take(10))
                {
                    var members = MembersByHand.Of(model, row.Features);
                    var (mean, deviation) = Spread(passes, model, row);
                    Closeness.AssertClose(MembersByHand.Deviation(members), deviation, 1e-5, "deviation");
                    for (var i = 0; i < mean.Length; i++)
                        Assert.AreEqual(members.Sum(member => member.Share * member.Prediction[i]), mean[i], 1e-5 * Math.Max(1, Math.Abs(mean[i])));
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(TaskNames))]
    public void Its_variance_is_that_of_the_law_of_total_variance(string taskName)
    {
        const int Passes = 2500;
        double[] shares = [0.5, 0.3, 0.2];
        var bag = Fit(taskName, Bag);
        var model = new TrainedNetwork(bag.Members, bag.History, shares);
        using var passes = new MonteCarloPasses(model, Passes, seed: 1);
        var own = model.Members.Select((member, i) => new MonteCarloPasses(member, Passes, seed: 10 + i)).ToList();
        var parts = 0;
        foreach (var row in Rows.Take(8))
        {
            var spreads = own.Select((one, i) => Spread(one, model.Members[i], row)).ToList();
            var (mean, deviation) = Spread(passes, model, row);
            for (var i = 0; i < mean.Length; i++)
            {
                var expected = spreads.Select((spread, member) => shares[member] * spread.Mean[i]).Sum();
                var within = spreads.Select((spread, member) => shares[member] * Math.Pow(spread.Deviation[i], 2)).Sum();
                var between = spreads.Select((spread, member) => shares[member] * Math.Pow(spread.Mean[i] - expected, 2)).Sum();
                Assert.AreEqual(Math.Sqrt(within + between), deviation[i], 0.14 * Math.Sqrt(within + between), $"{within} within, {between} between");
                Assert.AreEqual(expected, mean[i], 6 * Math.Sqrt((within + between) / Passes) + 1e-5);
                parts += within > 0.3 * between && between > 0.3 * within ? 1 : 0;
            }
        }

        // Neither part alone would pass.
        Assert.IsGreaterThan(2, parts);
        own.ForEach(one => one.Dispose());
    }

    /// <summary>Of few passes the variance is right on the mean: what the members' means have of noise is not counted twice.</summary>
    [TestMethod]
    public void Few_passes_have_no_bias()
    {
        const int Seeds = 800;
        var model = Fit(LearningTask.Regression.Name, Bag);
        var own = model.Members.Select((member, i) => new MonteCarloPasses(member, 4000, seed: 10 + i)).ToList();
        foreach (var count in (int[])[6, 8])
        {
            var row = Rows[3];
            var spreads = own.Select((one, i) => Spread(one, model.Members[i], row)).ToList();
            var within = spreads.Average(spread => Math.Pow(spread.Deviation[0], 2));
            var between = spreads.Average(spread => Math.Pow(spread.Mean[0] - spreads.Average(other => other.Mean[0]), 2));
            var variances = Enumerable.Range(0, Seeds).Select(seed => Math.Pow(Spread(new MonteCarloPasses(model, count, seed), model, row).Deviation[0], 2)).ToList();
            var error = Math.Sqrt(variances.Average(variance => Math.Pow(variance - variances.Average(), 2)) / Seeds);

            // Without the correction a third of the variance within, over two or three passes each, would come on top.
            Assert.IsGreaterThan(5 * error + 0.04 * within, within * 2 / count);
            Assert.AreEqual(within + between, variances.Average(), 4.5 * error + 0.04 * within, $"{count} passes");
        }

        own.ForEach(one => one.Dispose());
    }

    [TestMethod]
    [DynamicData(nameof(TaskNames))]
    public void In_a_pipeline_and_in_a_file_it_is_the_same(string taskName)
    {
        var rows = Example.Clusters(60);
        foreach (var row in rows.Where(row => row.Id % 5 == 2))
            row.Features[row.Id % 4] = float.NaN;
        foreach (var row in rows.Where(row => float.IsNaN(row.Target)))
            row.Target = 0;
        var view = _ml.Data.LoadFromEnumerable(rows);
        var trainer = EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, Bag with { Members = 2, Folds = 2 });
        var model = trainer.Append(_ml.Transforms.MonteCarlo(passes: 70, seed: 3)).Fit(view);
        var expected = Read(model.Transform(view));

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        SmallNetwork.AssertEqual(expected, Read(new MLContext().Model.Load(file, out _).Transform(view)));
        using var passes = new MonteCarloPasses(model.GetNeuralNetwork(), 70, seed: 3);
        SmallNetwork.AssertEqual(expected, [.. rows.Select(row => Spread(passes, model.GetNeuralNetwork(), row).Deviation)]);
    }

    private static List<float[]> Read(IDataView view) => view.Schema["ScoreDeviation"].Type is VectorDataViewType
        ? [.. view.GetColumn<float[]>("ScoreDeviation")]
        : [.. view.GetColumn<float>("ScoreDeviation").Select(value => new[] { value })];

    private TrainedNetwork Fit(string taskName, NeuralNetworkOptions options) =>
        EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, options).Fit(_ml.Data.LoadFromEnumerable(Rows)).GetNeuralNetwork();
}
