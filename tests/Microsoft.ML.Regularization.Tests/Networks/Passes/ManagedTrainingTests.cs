using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Networks.Passes;

/// <summary>Whole fits whose passes are in managed code.</summary>
[TestClass]
public sealed class ManagedTrainingTests
{
    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with
    {
        Architecture = new RealMlpArchitecture { HiddenSizes = [70, 33] },
        Recipe = RegularizationRecipe.None with { Dropout = new StandardDropout(0.2), WeightDecay = 0.02 },
        MaxEpochs = 3,
        BatchSize = 48,
        LearningRate = 0.01,
        Seed = 3,
    };

    // The rows of a batch of TabM's go through the network some at a time, and its products are shared out by blocks of rows.
    private static readonly NeuralNetworkOptions Members = Options with
    {
        Architecture = new TabMArchitecture { HiddenSizes = [70, 33], Members = 7, NumericalEmbedding = new PiecewiseLinearEmbedding { Bins = 8 } },
        BatchSize = 200,
    };

    // Sums over the rows of a batch, and noise of rows.
    private static readonly NeuralNetworkOptions Residual = Options with
    {
        Architecture = new ResidualMlpArchitecture { Width = 70, Blocks = 3 },
        Recipe = Options.Recipe! with { StochasticDepth = new StochasticDepth { Granularity = StochasticDepthGranularity.Row }, ManifoldMixup = new ManifoldMixup() },
        BatchSize = 150,
    };

    // Vectors of tokens wait.
    private static readonly NeuralNetworkOptions Texts = Options with
    {
        Architecture = new LstmArchitecture { HiddenSize = 10, Layers = 2, Bidirectional = true, EmbeddingSize = 4800, MaxLength = 8 },
        FeatureColumnName = nameof(InputExample.Tokens),
    };

    private static IEnumerable<NeuralNetworkOptions> All =>
    [
        Options, Members, Residual, Residual with { Architecture = new ResidualMlpArchitecture { Width = 70, Blocks = 2, Normalization = Normalization.Layer } },
        Options with { Architecture = new MlpArchitecture { HiddenSizes = [70, 33], Normalization = Normalization.Batch }, BatchSize = 150 },

        // Rows are tokens, some of a batch at a time, and threads share out sequences.
        Options with { Architecture = new TextTransformerArchitecture { Width = 24, Depth = 2, Heads = 3, MaxLength = 4 }, FeatureColumnName = nameof(InputExample.Tokens), BatchSize = 150 },
        Options with { Architecture = new VisionTransformerArchitecture { PatchSize = 2, Width = 24, Depth = 2, Heads = 3 }, FeatureColumnName = nameof(InputExample.Pixels), BatchSize = 150 },

        // Each number is a step, and threads share out sequences.
        Options with { Architecture = new LstmArchitecture { HiddenSize = 20, Bidirectional = true, Pooling = SequencePooling.Mean } },
        Options with { Architecture = new GruArchitecture { HiddenSize = 20, Layers = 2, Bidirectional = true, Pooling = SequencePooling.Mean } },
        Texts, Texts with { Architecture = new GruArchitecture { HiddenSize = 20, Pooling = SequencePooling.Max }, Recipe = Options.Recipe! with { ManifoldMixup = new ManifoldMixup() } },
    ];

    [TestMethod]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        foreach (var options in All)
        {
            using var one = new ThreadTeam(1);
            var alone = Fit(options, one);
            foreach (var size in new[] { 2, 5 })
            {
                using var team = new ThreadTeam(size);
                SmallNetwork.AssertEqual(alone, Fit(options, team));
            }
        }
    }

    [TestMethod]
    public void Runs_that_are_streamed_give_the_same_bits()
    {
        using var team = new ThreadTeam(2);
        foreach (var options in All)
            SmallNetwork.AssertEqual(Fit(options, team), Fit(options with { DataCaching = DataCaching.None, ShufflePoolRows = 300 }, team));
    }

    [TestMethod]
    public void Weights_are_those_of_libtorch_after_many_steps()
    {
        AssertSame(new RealMlpArchitecture { HiddenSizes = [50, 30] });
        AssertSame(new ResidualMlpArchitecture { Width = 30, Blocks = 2, Normalization = Normalization.Layer });
    }

    private static void AssertSame(NetworkArchitecture architecture)
    {
        var weights = new List<float[]>();
        foreach (var isManaged in new[] { false, true })
        {
            using var bench = new PassBench(architecture, 6, Options.Recipe!, new CrossEntropyObjective(), outputs: 3, targets: 3, rows: 60);
            if (isManaged)
                bench.Network.PreparePasses();
            weights.Add(bench.Train(steps: 40));
            Assert.AreEqual(isManaged, bench.Network.Passes is not null);
        }

        for (var i = 0; i < weights[0].Length; i++)
            Assert.AreEqual(weights[0][i], weights[1][i], 1e-4 * Math.Max(1, Math.Abs(weights[0][i])), $"weight {i}");
    }

    [TestMethod]
    public void A_step_allocates_nothing_that_grows_with_the_batch()
    {
        AssertFrugal(new RealMlpArchitecture { HiddenSizes = [200, 200] });
        AssertFrugal(new ResidualMlpArchitecture());
        AssertFrugal(new ResidualMlpArchitecture { Normalization = Normalization.Layer });
        AssertFrugal(new LstmArchitecture(), new InputLayout { Numbers = 20, Steps = 5 });
        AssertFrugal(new GruArchitecture { Layers = 2, Pooling = SequencePooling.Max }, new InputLayout { Numbers = 20, Steps = 5 });
        AssertFrugal(new LstmArchitecture(), new InputLayout { Text = new TextInput(MaxLength: 12, Vocabulary: 50) });
        AssertFrugal(new VisionTransformerArchitecture { Width = 32, Depth = 2 }, new InputLayout { Numbers = 64, Image = new ImageShape(8, 8) });
        AssertFrugal(new TextTransformerArchitecture { Width = 32 }, new InputLayout { Text = new TextInput(MaxLength: 8, Vocabulary: 20) });
    }

    private static void AssertFrugal(NetworkArchitecture architecture, InputLayout? input = null)
    {
        using var bench = new PassBench(architecture, input ?? 20, Options.Recipe!, new CrossEntropyObjective(), outputs: 3, targets: 3, rows: 512);
        bench.Network.PreparePasses();
        using var alone = ThreadTeam.UseAlone();
        for (var step = 1UL; step <= 3; step++)
            bench.Take(step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        bench.Take(4);
        Assert.IsLessThan(20_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static List<float[]> Fit(NeuralNetworkOptions options, ThreadTeam team)
    {
        using var held = ThreadTeam.Use(team);
        var ml = new MLContext(seed: 1);
        return SmallNetwork.Weights(ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable(InputExample.Of(300))).Model);
    }
}
