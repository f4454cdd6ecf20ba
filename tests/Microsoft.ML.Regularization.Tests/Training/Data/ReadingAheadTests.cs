using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

/// <summary>Rows that another thread reads while those before are trained on train the same network, bit for bit, and end as rows read in between do.</summary>
[TestClass]
public sealed class ReadingAheadTests
{
    private static readonly NeuralNetworkOptions Streamed = Options with
    {
        MaxEpochs = 4, BatchSize = 16, ShufflePoolRows = 37, DataCaching = DataCaching.None,
    };

    private readonly MLContext _ml = new(seed: 1);

    internal static IEnumerable<object[]> Recipes =>
    [
        [RegularizationRecipe.None],
        [RegularizationRecipe.None with { LabelSmoothing = 0.1, Dropout = new StandardDropout(0.3) }],
        [RegularizationRecipe.None with { Augmentations = [new MixupOptions { Alpha = 1 }, new GaussianNoiseOptions { Scale = 0.3 }], UnmixedEpochs = 1 }],
        [RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Pgd(0.1) }],
        [RegularizationRecipe.None with { SharpnessAware = new() }],
        [RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Stochastic(0.5) }],
        [RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = 2, RetrainsOnAllRows = true } }],
    ];

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void The_network_and_its_history_are_the_same(RegularizationRecipe recipe)
    {
        var options = Streamed with
        {
            Architecture = NetworkArchitecture.Mlp(16) with { Normalization = Normalization.Batch },
            Recipe = recipe,
            ValidationFraction = 0.2,
        };
        var ((history, weights), (expectedHistory, expectedWeights)) = (Train(options, prefetches: true), Train(options, prefetches: false));
        AssertEqual(expectedWeights, weights);
        Assert.AreEqual(expectedHistory, history);
    }

    [TestMethod]
    public void A_run_that_goes_on_from_a_checkpoint_within_an_epoch_is_the_same()
    {
        var expected = Weights(_ml.Fit(With(Streamed, prefetches: false), new GeneratedView(400)).Model);
        foreach (var prefetches in new[] { false, true })
        {
            using var folder = new TemporaryFolder();
            var options = With(Streamed, prefetches) with { Checkpoints = new CheckpointOptions { Folder = folder.Path } };
            using var cancelled = new CancellationTokenSource();
            var reads = 0;
            var view = new GeneratedView(400)
            {
                Read = _ =>
                {
                    // In the second epoch; one pass counts the rows and one learns their scale.
                    if (Interlocked.Increment(ref reads) == 4 * 400)
                        cancelled.Cancel();
                },
            };
            var first = _ml.Fit(options with { CancellationToken = cancelled.Token }, view).Model;
            Assert.AreEqual(StopReason.Cancelled, first.History.StopReason);
            Assert.AreEqual(1, first.History.Epochs.Count);
            AssertEqual(expected, Weights(_ml.Fit(options, new GeneratedView(400)).Model));
        }
    }

    [TestMethod]
    public void A_row_that_makes_no_sense_is_the_same_error()
    {
        var errors = new List<Exception>();
        foreach (var prefetches in new[] { false, true })
        {
            var (isSecondEpoch, thread) = (false, (Thread?)null);
            var options = With(Streamed, prefetches) with { Progress = new Callback(_ => isSecondEpoch = true), ExampleWeightColumnName = "Weight" };
            errors.Add(Assert.Throws<Exception>(() => _ml.Fit(options, _ml.Data.LoadFromEnumerable(Read()))));
            Assert.AreEqual(prefetches, thread != Thread.CurrentThread);
            Assert.AreEqual(prefetches, !thread!.IsAlive);

            IEnumerable<Example> Read()
            {
                foreach (var row in Example.Clusters(120))
                {
                    if (isSecondEpoch && row.Id == 100)
                        (row.Weight, thread) = (-1, Thread.CurrentThread);
                    yield return row;
                }
            }
        }

        Assert.AreEqual(errors[0].GetType(), errors[1].GetType());
        Assert.AreEqual(errors[0].Message, errors[1].Message);
        Assert.Contains("row 100", errors[1].Message);
        Assert.Contains(nameof(RowReader), errors[1].StackTrace!);
    }

    [TestMethod]
    [DataRow(StopReason.Cancelled)]
    [DataRow(StopReason.TimeLimit)]
    [DataRow(StopReason.Diverged)]
    public void Training_that_ends_within_an_epoch_leaves_no_thread_and_no_open_source(StopReason reason)
    {
        using var cancelled = new CancellationTokenSource();
        var (last, isSecondEpoch) = ((Thread?)null, false);
        var view = new GeneratedView(600)
        {
            Read = row =>
            {
                last = Thread.CurrentThread;
                if (reason == StopReason.Cancelled && isSecondEpoch && row == 300)
                    cancelled.Cancel();
            },
        };
        var options = Streamed with
        {
            MaxEpochs = 100_000,
            LearningRate = reason == StopReason.Diverged ? 1e30 : 0.01,
            InputScaling = InputScaling.None,
            Time = new FakeClock { Step = TimeSpan.FromSeconds(1) },
            TimeLimit = reason == StopReason.TimeLimit ? TimeSpan.FromHours(2) : null,
            CancellationToken = cancelled.Token,
            Progress = new Callback(_ => isSecondEpoch = true),
        };
        if (reason == StopReason.Diverged)
            Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => _ml.Fit(options, view)).Message);
        else
            Assert.AreEqual(reason, _ml.Fit(options, view).Model.History.StopReason);
        Assert.AreEqual(0, view.OpenCursors);
        Assert.AreNotSame(Thread.CurrentThread, last);
        Assert.IsFalse(last!.IsAlive);
    }

    private static NeuralNetworkOptions With(NeuralNetworkOptions options, bool prefetches) =>
        options with { RowCaching = options.RowCaching with { Prefetches = prefetches } };

    private (string History, List<float[]> Weights) Train(NeuralNetworkOptions options, bool prefetches)
    {
        var model = _ml.Fit(With(options, prefetches), _ml.Rows(150)).Model;
        var epochs = model.History.Epochs.Concat(model.History.RetrainingEpochs).Select(epoch => epoch with { Seconds = 0 });
        return (JsonSerializer.Serialize(epochs), Weights(model));
    }
}
