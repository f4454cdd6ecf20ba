using Microsoft.ML.Regularization.Tests.Augmentation;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

/// <summary>A network learns the same, bit for bit, from images that several threads augment as from those that one does, streamed or in memory.</summary>
[TestClass]
public sealed class AheadTrainingTests
{
    private const int Rows = 30;

    private static readonly NeuralNetworkOptions Network = Options with
    {
        Architecture = NetworkArchitecture.Mlp(4),
        MaxEpochs = 3,
        BatchSize = 8,
        ShufflePoolRows = Rows,
        ValidationFraction = 0.2,
        Recipe = RegularizationRecipe.None with { Augmentations = [new RandomResizedCropOptions(), new ColorJitterOptions(), new MixupOptions { Alpha = 1 }] },
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(DataCaching.Memory)]
    [DataRow(DataCaching.None)]
    public void The_network_does_not_depend_on_the_threads(DataCaching caching)
    {
        var options = Network with { DataCaching = caching };
        var source = Photo.Rows(_ml, Rows);
        var photos = _ml.Data.Augment(_ml.Data.Cache(source), new RandomRotationOptions());
        List<float[]>? expected = null;
        for (var threads = 1; threads <= 3; threads++)
        {
            using var team = new ThreadTeam(threads);
            using var held = ThreadTeam.Use(team);
            var weights = Weights(_ml.Fit(options, photos).Model);
            expected ??= weights;
            AssertEqual(expected, weights);
        }
    }

    [TestMethod]
    public void Streamed_and_in_memory_are_the_same()
    {
        using var team = new ThreadTeam(3);
        using var held = ThreadTeam.Use(team);
        var options = Network with { Recipe = RegularizationRecipe.None with { Augmentations = [new RandAugmentOptions()] }, InputScaling = InputScaling.None };
        var photos = Photo.Rows(_ml, Rows);
        AssertEqual(
            Weights(_ml.Fit(options with { DataCaching = DataCaching.Memory, RowCaching = new() { CachedPoolRows = Rows } }, photos).Model),
            Weights(_ml.Fit(options with { DataCaching = DataCaching.None }, photos).Model));
    }

    [TestMethod]
    [DataRow(DataCaching.Memory)]
    [DataRow(DataCaching.None)]
    public void A_fit_that_is_cancelled_while_it_reads_closes_its_source(DataCaching caching)
    {
        using var team = new ThreadTeam(3);
        using var held = ThreadTeam.Use(team);
        using var cancelled = new CancellationTokenSource();
        var isSecondEpoch = false;
        var photos = new CountedView(Photo.Rows(_ml, Rows, Read));
        var options = Network with
        {
            DataCaching = caching,
            MaxEpochs = 1000,
            CancellationToken = cancelled.Token,
            Progress = new Callback(_ => isSecondEpoch = true),
            Recipe = RegularizationRecipe.None with { Augmentations = [new RandAugmentOptions()] },
        };
        Assert.AreEqual(StopReason.Cancelled, _ml.Fit(options, photos).Model.History.StopReason);
        Assert.AreEqual(0, photos.OpenCursors);
        Assert.IsGreaterThan(1, photos.Opened);

        void Read(int row)
        {
            if (isSecondEpoch && row == 20)
                cancelled.Cancel();
        }
    }
}
