using Microsoft.ML.Regularization.Tests.Regularizers;
using static Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo.SpreadNetworks;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>The noise of Monte Carlo prediction: every kind has its own, drawn anew for each pass and layer.</summary>
[TestClass]
public sealed class MonteCarloNoiseTests
{
    [TestMethod]
    public void Every_kind_of_dropout_has_its_noise()
    {
        var kinds = typeof(Dropout).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Dropout)) && !type.IsAbstract).ToList();
        var shown = RegularizerProtocol.AllRecipes.Select(recipe => recipe.Dropout).OfType<Dropout>().DistinctBy(kind => kind.GetType()).ToList();

        Assert.HasCount(kinds.Count, shown);
        // Networks with feature maps are scored by libtorch, which draws no noise.
        foreach (var kind in shown.Where(kind => kind is not SpatialDropout))
        {
            var network = Train(
                NetworkArchitecture.Mlp(8) with { Activation = Activation.SELU }, LearningTask.Regression, RegularizationRecipe.None with { Dropout = kind });
            var spread = new MonteCarloPasses(network, 20, seed: 1);
            Assert.IsGreaterThan(0f, Spread(spread, network, Rows[0]).Deviation[0], kind.ToString());
        }
    }

    [TestMethod]
    public void Seeds_and_passes_and_layers_draw_differently()
    {
        var network = Train(NetworkArchitecture.Mlp(40, 40), LearningTask.Regression, RegularizationRecipe.None with { Dropout = 0.5 });
        var units = new List<string>();
        foreach (var seed in new[] { 1, 2 })
        {
            for (var pass = 0ul; pass < 3; pass++)
            {
                var noise = Source(network).Draw(RandomKey.FromSeed(seed), pass);
                foreach (var layer in noise.Layers.OfType<LayerNoise>())
                {
                    var ones = Enumerable.Repeat(1f, 40).ToArray();
                    layer.ChangeUnits(ones);
                    units.Add(string.Join(' ', ones));
                }
            }
        }

        CollectionAssert.AllItemsAreUnique(units);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Noise_of_many_passes_takes_little_memory_and_a_draw_is_the_same_kept_or_made_again(Dropout kind)
    {
        // A pass draws 2048 numbers: those of 512 passes are kept. The variances of 790,000 weights are there once.
        var architecture = NetworkArchitecture.Mlp(512, 512, 512, 511) with { Activation = Activation.SELU };
        var network = Train(architecture, LearningTask.Regression, RegularizationRecipe.None with { Dropout = kind });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var draws = new ManagedDraws(network, RandomKey.FromSeed(3), 1000);
        var output = new float[1];
        for (var draw = 0; draw < 700; draw += 50)
            draws.Score(draw, Rows[0].Features, output);
        Assert.IsLessThan(16_000_000, GC.GetAllocatedBytesForCurrentThread() - before);

        // The 513th and later ones are not kept.
        var source = Source(network);
        foreach (var draw in new[] { 0, 100, 600, 600 })
        {
            var expected = new float[1];
            network.Scorer.Score(Rows[0].Features, expected, source.Draw(RandomKey.FromSeed(3), (ulong)draw));
            draws.Score(draw, Rows[0].Features, output);
            Assert.AreEqual(expected[0], output[0]);
        }
    }

    private static IEnumerable<object[]> Kinds =>
        new Dropout[] { new StandardDropout(0.2), new AlphaDropout(0.2), new DropConnect(0.2), new VariationalDropout() }.Select(kind => new object[] { kind });

    private static NetworkNoiseSource Source(TrainedNetwork network) => new(network.Scorer, network.Recipe, network.Outcome.Weights);
}
