namespace Microsoft.ML.Regularization.Tests.Networks.Passes;

/// <summary>Networks in managed code have the outputs and gradients of libtorch, whose own are compared with finite differences elsewhere.</summary>
[TestClass]
public sealed class PassGradientTests
{
    private static readonly InputLayout Numbers = 5;
    private static readonly InputLayout Steps = new() { Numbers = 18, Steps = 6 };
    private static readonly InputLayout Mixed = new() { Numbers = 3, Categories = [new("small", 2, 3), new("two", 1, 2), new("large", 1, 20)] };
    private static readonly InputLayout Keys = new() { Categories = [new("small", 1, 3), new("large", 1, 20)] };

    private static readonly InputLayout Flagged = new() { Numbers = 7, Flags = [0, 3, 4, 6], Categories = Mixed.Categories };
    private static readonly InputLayout FlagsBehind = new() { Numbers = 21, Flags = [.. Enumerable.Range(2, 19)] };
    private static readonly InputLayout FlagsAlone = new() { Numbers = 3, Flags = [0, 1, 2] };

    private static readonly PiecewiseLinearEmbedding Pieces = new() { Bins = 6, Size = 5 };

    private static readonly RegularizationRecipe Dropped = RegularizationRecipe.None with { Dropout = new StandardDropout(0.3) };

    private static readonly StochasticDepth OfRows = new() { SurvivalProbability = 0.4, Granularity = StochasticDepthGranularity.Row };

    private static IEnumerable<(string Name, NetworkArchitecture Architecture, InputLayout Input, RegularizationRecipe Recipe, int Rows)> Networks =>
    [
        .. Enum.GetValues<Activation>().SelectMany(activation => new (string, NetworkArchitecture, InputLayout, RegularizationRecipe, int)[]
        {
            ($"RealMlp {activation}", new RealMlpArchitecture { HiddenSizes = [48, 33], Activation = activation }, Numbers, Dropped, 37),
            ($"Mlp {activation}", new MlpArchitecture { HiddenSizes = [40, 17], Activation = activation }, Numbers, Dropped, 37),
            ($"ResidualMlp {activation}", new ResidualMlpArchitecture { Width = 20, Blocks = 2, Activation = activation }, Numbers, Dropped, 37),
        }),
        .. Enum.GetValues<Normalization>().SelectMany(normalization => new (string, NetworkArchitecture, InputLayout, RegularizationRecipe, int)[]
        {
            ($"Mlp, {normalization} normalization", new MlpArchitecture { HiddenSizes = [35, 16], Normalization = normalization }, Mixed, Dropped, 30),
            ($"ResidualMlp, {normalization} normalization", new ResidualMlpArchitecture { Width = 33, Blocks = 3, Normalization = normalization }, Mixed, Dropped, 30),
            ($"ResidualMlp, {normalization} normalization, no noise", new ResidualMlpArchitecture { Width = 16, Blocks = 2, Normalization = normalization }, Numbers, RegularizationRecipe.None, 64),
            (
                $"ResidualMlp, {normalization} normalization, many rows",
                new ResidualMlpArchitecture { Width = 17, Blocks = 2, Normalization = normalization, Activation = Activation.Tanh }, Numbers,
                Dropped with { StochasticDepth = OfRows }, 1300),
            ($"ResidualMlp, {normalization} normalization, few rows", new ResidualMlpArchitecture { Width = 9, Blocks = 1, Normalization = normalization, Activation = Activation.Tanh }, Numbers, RegularizationRecipe.None, 4),
        }),
        ("RealMlp, alpha dropout", new RealMlpArchitecture { HiddenSizes = [20, 17], Activation = Activation.SELU }, Numbers, RegularizationRecipe.None with { Dropout = new AlphaDropout(0.2) }, 30),
        ("TabM, alpha dropout", new TabMArchitecture { HiddenSizes = [20, 17], Members = 3, Activation = Activation.SELU }, Numbers, RegularizationRecipe.None with { Dropout = new AlphaDropout(0.2) }, 30),
        ("Mlp, alpha dropout", new MlpArchitecture { HiddenSizes = [20, 17], Activation = Activation.SELU }, Numbers, RegularizationRecipe.None with { Dropout = new AlphaDropout(0.2) }, 30),
        (
            "ResidualMlp, alpha dropout", new ResidualMlpArchitecture { Width = 20, Blocks = 2, Activation = Activation.SELU, Normalization = Normalization.None }, Numbers,
            RegularizationRecipe.None with { Dropout = new AlphaDropout(0.2) }, 30),
        ("ResidualMlp of categories alone", new ResidualMlpArchitecture { Width = 20, Blocks = 2, HiddenFactor = 0.5 }, Keys, Dropped, 30),
        ("ResidualMlp, piecewise linear", new ResidualMlpArchitecture { Width = 20, Blocks = 2, NumericalEmbedding = Pieces }, Mixed, Dropped, 30),
        ("ResidualMlp whose blocks are skipped", new ResidualMlpArchitecture { Width = 20, Blocks = 8 }, Numbers, Dropped with { StochasticDepth = new StochasticDepth { SurvivalProbability = 0.3 } }, 30),
        ("ResidualMlp whose rows skip blocks", new ResidualMlpArchitecture { Width = 20, Blocks = 4 }, Numbers, Dropped with { StochasticDepth = OfRows }, 30),
        (
            "ResidualMlp whose blocks are skipped as in the paper", new ResidualMlpArchitecture { Width = 20, Blocks = 4, Normalization = Normalization.Layer }, Numbers,
            Dropped with { StochasticDepth = OfRows with { Form = StochasticDepthForm.Original } }, 30),
        ("RealMlp without noise", new RealMlpArchitecture { HiddenSizes = [16, 16] }, Numbers, RegularizationRecipe.None, 64),
        ("RealMlp of one row", new RealMlpArchitecture { HiddenSizes = [20] }, Numbers, Dropped, 1),
        ("RealMlp of more rows than a product sums at once", new RealMlpArchitecture { HiddenSizes = [20] }, Numbers, Dropped, 600),
        ("RealMlp of plain numbers", new RealMlpArchitecture { HiddenSizes = [20], EmbedsNumbers = false }, Numbers, Dropped, 30),
        ("RealMlp of categories, too", new RealMlpArchitecture { HiddenSizes = [20, 20] }, Mixed, Dropped, 30),
        ("RealMlp of categories alone", new RealMlpArchitecture { HiddenSizes = [20] }, Keys, Dropped, 30),
        ("RealMlp, Gaussian noise", new RealMlpArchitecture { HiddenSizes = [20, 7] }, Numbers, RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) }, 30),
        ("RealMlp, piecewise linear", new RealMlpArchitecture { HiddenSizes = [20], NumericalEmbedding = Pieces }, Mixed, Dropped, 30),
        ("Mlp, piecewise linear", new MlpArchitecture { HiddenSizes = [20], NumericalEmbedding = Pieces }, Mixed, Dropped, 30),
        ("Mlp, periodic", new MlpArchitecture { HiddenSizes = [20], NumericalEmbedding = new PeriodicEmbedding() }, Mixed, Dropped, 30),
        ("TabM", new TabMArchitecture { HiddenSizes = [20, 17], Members = 3, NumericalEmbedding = null }, Numbers, Dropped, 30),
        ("TabM, piecewise linear", new TabMArchitecture { HiddenSizes = [20], Members = 4, NumericalEmbedding = Pieces }, Mixed, Dropped, 30),
        ("TabM of one row", new TabMArchitecture { HiddenSizes = [20], Members = 5, NumericalEmbedding = null }, Mixed, Dropped, 1),
        ("RealMlp of flags, too", new RealMlpArchitecture { HiddenSizes = [20, 20] }, Flagged, Dropped, 30),
        ("RealMlp of many flags and rows", new RealMlpArchitecture { HiddenSizes = [20] }, FlagsBehind, Dropped, 300),
        ("RealMlp of flags alone", new RealMlpArchitecture { HiddenSizes = [20] }, FlagsAlone, Dropped, 30),
        ("RealMlp of flags, too, piecewise linear", new RealMlpArchitecture { HiddenSizes = [20], NumericalEmbedding = Pieces }, FlagsBehind, Dropped, 30),
        ("Mlp of flags, too, periodic", new MlpArchitecture { HiddenSizes = [20], NumericalEmbedding = new PeriodicEmbedding() }, Flagged, Dropped, 30),
        ("TabM of flags, too", new TabMArchitecture { HiddenSizes = [20, 17], Members = 3, NumericalEmbedding = Pieces }, Flagged, Dropped, 30),
        ("TabM of flags alone", new TabMArchitecture { HiddenSizes = [20], Members = 3, NumericalEmbedding = Pieces }, FlagsAlone, Dropped, 30),
        .. new[] { 63, 64, 65, 130 }.Select(rows => (
            $"TabM of {rows} rows, some at a time",
            (NetworkArchitecture)new TabMArchitecture { HiddenSizes = [20, 17], NumericalEmbedding = Pieces }, Mixed, Dropped, rows)),
        ("TabM whose noise is parted anywhere", new TabMArchitecture { HiddenSizes = [20, 17], Members = 3, NumericalEmbedding = null }, Numbers, Dropped, 345),
        ("TabM with parted Gaussian noise", new TabMArchitecture { HiddenSizes = [9], Members = 7 }, Numbers, RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) }, 150),
        ("Mlp of many rows, some at a time", new MlpArchitecture { HiddenSizes = [70, 9] }, Mixed, Dropped, 1025),
        ("Mlp of categories, too", new MlpArchitecture { HiddenSizes = [20, 7] }, Mixed, Dropped, 30),
        ("Mlp of categories alone", new MlpArchitecture { HiddenSizes = [20, 7] }, Keys, Dropped, 30),
        ("Mlp without hidden layers", new MlpArchitecture { HiddenSizes = [] }, Numbers, Dropped, 30),
    ];

    private static IEnumerable<(string Name, Objective Objective, int Outputs, int Targets)> Losses =>
    [
        ("cross entropy", new CrossEntropyObjective(), 3, 3),
        ("cross entropy with an entropy term", new CrossEntropyObjective(new ConfidencePenalty(0.2)), 3, 3),
        ("true and false", new CrossEntropyObjective(), 1, 2),
        ("focal", new FocalObjective(1.5), 3, 3),
        ("squared", new SquaredObjective(), 1, 1),
        ("absolute", new AbsoluteObjective(), 1, 1),
        ("Huber", new HuberObjective(0.7), 1, 1),
    ];

    private static IEnumerable<object[]> NetworkNames => Networks.Select(network => new object[] { network.Name });

    private static IEnumerable<object[]> LossNames => Losses.Select(loss => new object[] { loss.Name });

    [TestMethod]
    [DynamicData(nameof(NetworkNames))]
    public void Networks_have_the_outputs_and_gradients_of_libtorch(string name)
    {
        var (_, architecture, input, recipe, rows) = Networks.Single(network => network.Name == name);
        using var bench = new PassBench(architecture, input, recipe, new CrossEntropyObjective(), outputs: 3, targets: 3, rows);
        bench.AssertEqual();
    }

    [TestMethod]
    [DataRow(0, 30)]
    [DataRow(1, 30)]
    [DataRow(2, 30)]
    [DataRow(0, 1100)]
    public void Mixed_rows_have_the_gradients_of_libtorch(int state, int rows)
    {
        NetworkArchitecture[] architectures =
        [
            new RealMlpArchitecture { HiddenSizes = [20, 17] }, new MlpArchitecture { HiddenSizes = [20, 17], Activation = Activation.Tanh }, new ResidualMlpArchitecture { Width = 20, Blocks = 2, Activation = Activation.Tanh },
            new TabMArchitecture { HiddenSizes = [20, 17], Members = 3 },
        ];
        using var partners = TorchSharp.torch.tensor(Enumerable.Range(0, rows).Select(row => (row * 7L + 3) % rows).ToArray());
        foreach (var architecture in architectures)
        {
            var recipe = Dropped with { ManifoldMixup = new ManifoldMixup() };
            using var bench = new PassBench(architecture, Mixed, recipe, new CrossEntropyObjective(), outputs: 3, targets: 3, rows) { Mixing = new HiddenMixing(state, partners, 0.3) };
            bench.AssertEqual();
            Assert.IsTrue(bench.Network.Passes!.Mixes);
        }
    }

    [TestMethod]
    [DataRow(Normalization.None)]
    [DataRow(Normalization.Batch)]
    [DataRow(Normalization.Layer)]
    public void Gradients_are_those_of_finite_differences(Normalization normalization)
    {
        NetworkArchitecture[] architectures =
        [
            new MlpArchitecture { HiddenSizes = [20, 17], Activation = Activation.SiLU, Normalization = normalization },
            new ResidualMlpArchitecture { Width = 19, Blocks = 3, Activation = Activation.SiLU, Normalization = normalization },
            new LstmArchitecture { HiddenSize = 9, Layers = 2, Bidirectional = true, Pooling = SequencePooling.Mean },
        ];
        foreach (var architecture in architectures)
        {
            var recipe = architecture is LstmArchitecture ? RegularizationRecipe.None : Dropped with { StochasticDepth = architecture is ResidualMlpArchitecture ? OfRows : null };
            using var bench = new PassBench(architecture, architecture is LstmArchitecture ? Steps : Numbers, recipe, new CrossEntropyObjective(), outputs: 3, targets: 3, rows: 40);
            bench.Network.PreparePasses();
            bench.AssertIsDerivative();
        }
    }

    [TestMethod]
    [DynamicData(nameof(LossNames))]
    public void Losses_have_the_values_and_gradients_of_libtorch(string name)
    {
        var (_, objective, outputs, targets) = Losses.Single(loss => loss.Name == name);
        using var bench = new PassBench(new RealMlpArchitecture { HiddenSizes = [20, 9] }, Numbers, Dropped, objective, outputs, targets, rows: 30);
        bench.AssertEqual();
    }

    [TestMethod]
    public void Layers_without_managed_code_leave_their_network_to_libtorch()
    {
        Assert.IsFalse(Has(new ResidualMlpArchitecture { Width = 4 }, RegularizationRecipe.None with { Dropout = Dropout.Connect(0.2) }));
        Assert.IsFalse(Has(new MlpArchitecture { HiddenSizes = [4] }, RegularizationRecipe.None with { Dropout = Dropout.Connect(0.2) }));
        Assert.IsFalse(Has(new MlpArchitecture { HiddenSizes = [4] }, RegularizationRecipe.None with { Dropout = Dropout.Variational() }));
        Assert.IsFalse(Has(new LstmArchitecture { HiddenSize = 4 }, RegularizationRecipe.None with { Dropout = Dropout.Connect(0.2) }));
        Assert.IsTrue(Has(new LstmArchitecture { HiddenSize = 4 }, Dropped));
        Assert.IsTrue(Has(new MlpArchitecture { HiddenSizes = [4] }, Dropped));
        Assert.IsTrue(Has(new MlpArchitecture { HiddenSizes = [4], Normalization = Normalization.Batch }, Dropped));

        static bool Has(NetworkArchitecture architecture, RegularizationRecipe recipe)
        {
            using var bench = new PassBench(architecture, architecture is RecurrentArchitecture ? Steps : Numbers, recipe, new CrossEntropyObjective(), outputs: 3, targets: 3, rows: 8);
            bench.Network.PreparePasses();
            return bench.Network.Passes is not null;
        }
    }
}
