using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>What holds for Monte-Carlo prediction with every architecture, task and kind of noise.</summary>
[TestClass]
public sealed class MonteCarloProtocol
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Quiet => ArchitectureProtocol.Quiet;

    private static IEnumerable<object[]> Noisy => ArchitectureProtocol.Noisy;

    [TestMethod]
    [DynamicData(nameof(Noisy))]
    public void A_rows_spread_is_around_its_score_and_its_own(object architecture, string taskName, RegularizationRecipe noise)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var rows = InputExample.Of(8);
        var trained = own.Trainer(task, noise, epochs: 4).Fit(_ml.Data.LoadFromEnumerable(InputExample.Of(60)));
        using var transformer = Spread(own, trained, seed: 5);
        var spread = Read(transformer, rows);

        Assert.IsTrue(spread.Exists(row => row.Deviation.Any(value => value > 1e-4)), "The noise does nothing.");

        // Of few draws none may drop a unit that a row hangs on.
        using var many = Spread(own, trained, seed: 5, passes: 60);
        var some = rows[..3];
        var centres = Read(many, some);
        var scores = Predictions(trained, some, task);
        for (var row = 0; row < some.Count; row++)
        {
            for (var output = 0; output < scores[row].Length; output++)
            {
                var (mean, deviation) = (centres[row].Mean[output], centres[row].Deviation[output]);
                Assert.IsTrue(Math.Abs(mean - scores[row][output]) <= 2.5 * deviation + 0.02, $"row {row}: {mean} +- {deviation} around {scores[row][output]}");
            }
        }

        using var again = Spread(own, trained, seed: 5);
        using var other = Spread(own, trained, seed: 6);
        AssertEqual(spread, Read(again, rows));
        Assert.IsFalse(spread.Zip(Read(other, rows)).All(pair => pair.First.Deviation.SequenceEqual(pair.Second.Deviation)));

        AssertEqual([.. spread.AsEnumerable().Reverse()], Read(transformer, [.. rows.AsEnumerable().Reverse()]));
        AssertEqual([spread[7]], Read(transformer, [rows[7]]));
        var parallel = new List<(float[] Mean, float[] Deviation)>[2];
        Parallel.For(0, parallel.Length, thread => parallel[thread] = Read(transformer, rows));
        foreach (var one in parallel)
            AssertEqual(spread, one);
    }

    [TestMethod]
    [DynamicData(nameof(Quiet))]
    public void Without_noise_it_is_refused(object architecture, string taskName)
    {
        var own = (ArchitectureCase)architecture;
        var trained = own.Trainer(LearningTasks.Find(taskName)!, RegularizationRecipe.None, epochs: 1)
            .Fit(_ml.Data.LoadFromEnumerable(InputExample.Of(20)));

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Spread(own, trained, seed: 1));
        Assert.Contains(own.Architecture.ToString(), error.Message);
    }

    private MonteCarloTransformer Spread(ArchitectureCase own, ITransformer trained, int seed, int passes = 8) =>
        _ml.Transforms.MonteCarlo(trained.GetNeuralNetwork(), own.FeatureColumnName, passes: passes, seed: seed)
            .Fit(_ml.Data.LoadFromEnumerable(InputExample.Of(20)));

    private static List<float[]> Predictions(ITransformer model, List<InputExample> rows, LearningTask task)
    {
        var scores = EveryTask.Scores(model, new MLContext().Data.LoadFromEnumerable(rows));
        return task == LearningTask.BinaryClassification ? scores.ConvertAll(score => new[] { 1 / (1 + MathF.Exp(-score[0])) }) : scores;
    }

    private List<(float[] Mean, float[] Deviation)> Read(MonteCarloTransformer transformer, List<InputExample> rows)
    {
        var view = transformer.Transform(_ml.Data.LoadFromEnumerable(rows));
        return [.. Column("ScoreMean").Zip(Column("ScoreDeviation"))];

        IEnumerable<float[]> Column(string name) => view.Schema[name].Type is VectorDataViewType
            ? view.GetColumn<float[]>(name)
            : view.GetColumn<float>(name).Select(value => new[] { value });
    }

    private static void AssertEqual(List<(float[] Mean, float[] Deviation)> expected, List<(float[] Mean, float[] Deviation)> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (var row = 0; row < expected.Count; row++)
        {
            CollectionAssert.AreEqual(expected[row].Mean, actual[row].Mean);
            CollectionAssert.AreEqual(expected[row].Deviation, actual[row].Deviation);
        }
    }
}
