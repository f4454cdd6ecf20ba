using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

[TestClass]
public sealed class TransformerNetworkTests
{
    private const int Outputs = 2;

    private static readonly TextInput Text = new(6, 9);

    [TestMethod]
    [DataRow(TokenPooling.Mean)]
    [DataRow(TokenPooling.ClassToken)]
    public void A_text_scores_alike_alone_and_beside_longer_ones(TokenPooling pooling)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(pooling);
        network.to(torch.ScalarType.Float64);
        using var pass = network.Begin(isTraining: false);
        var texts = Texts();

        var together = network.forward(texts);

        for (var row = 0; row < texts.shape[0]; row++)
            Assert.IsTrue(torch.allclose(together.narrow(0, row, 1), network.forward(texts.narrow(0, row, 1)), rtol: 0, atol: 1e-12), $"row {row}");
        Assert.IsTrue(together.isfinite().all().item<bool>());
        Assert.IsFalse(torch.allclose(together[0], together[1], atol: 1e-3));
    }

    [TestMethod]
    [DataRow(TokenPooling.Mean)]
    [DataRow(TokenPooling.ClassToken)]
    public void Words_without_places_have_no_order(TokenPooling pooling)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(pooling);
        using var pass = network.Begin(isTraining: false);
        var (forth, back) = (torch.tensor(new float[] { 2, 5, 7, 0, 0, 0 }, [1, 6]), torch.tensor(new float[] { 7, 2, 5, 0, 0, 0 }, [1, 6]));

        Assert.IsFalse(torch.allclose(network.forward(forth), network.forward(back), rtol: 0, atol: 1e-5));

        using (torch.no_grad())
            network.named_parameters().Single(named => named.name == "positions.table").parameter.zero_();
        Assert.IsTrue(torch.allclose(network.forward(forth), network.forward(back), rtol: 0, atol: 1e-6));
    }

    [TestMethod]
    [DataRow(TokenPooling.Mean)]
    [DataRow(TokenPooling.ClassToken)]
    [DataRow(TokenPooling.UnitMean)]
    public void Its_gradients_are_right(TokenPooling pooling)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(pooling);
        network.to(torch.ScalarType.Float64);
        var texts = Texts();

        // Normalization bends sharply where vectors are as short as they start.
        using (torch.no_grad())
        {
            foreach (var named in network.named_parameters().Where(named => named.name is "embedding.weight" or "positions.table" or "class_token.token"))
                named.parameter.mul_(40);
        }

        // Parameters of which no text has anything, such as the vectors of other words, have a gradient of 0 as the difference has.
        GradientCheck.AssertRight(
            () => (network.forward(texts) * torch.arange(texts.shape[0] * Outputs, dtype: torch.ScalarType.Float64).sin().view(-1, Outputs)).sum(),
            [.. network.named_parameters().Select(named => (named.name, (torch.Tensor)named.parameter))]);
    }

    /// <summary>The mixture of a text with itself is the text, and one that keeps nothing of a text is its partner, whatever their lengths.</summary>
    [TestMethod]
    [DataRow(TokenPooling.Mean)]
    [DataRow(TokenPooling.ClassToken)]
    public void Texts_of_different_lengths_are_mixed_at_every_state(TokenPooling pooling)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(pooling);
        using var pass = network.Begin(isTraining: true);
        var texts = Texts();
        var plain = network.forward(texts);
        var partners = torch.tensor(new long[] { 1, 2, 0 });
        for (var state = 0; state < NetworkArchitecture.TextTransformer(depth: 2).MixableStates; state++)
        {
            var self = Mixed(new HiddenMixing(state, torch.arange(3), 0.3));
            var half = Mixed(new HiddenMixing(state, partners, 0.5));
            Assert.IsTrue(torch.allclose(plain, self, rtol: 0, atol: 1e-6), $"state {state}");
            Assert.IsFalse(torch.allclose(plain, half, rtol: 0, atol: 1e-4), $"state {state}");

            // Both halves of a pair make the same mixture.
            var swapped = Mixed(new HiddenMixing(state, torch.tensor(new long[] { 1, 0, 2 }), 0.5));
            Assert.IsTrue(torch.allclose(swapped[0], swapped[1], rtol: 0, atol: 1e-6), $"state {state}");
        }

        // The pooled state is all that the last layer sees.
        var sentence = Mixed(new HiddenMixing(3, partners, 0.25));
        Assert.IsTrue(torch.allclose(plain * 0.25 + plain.index_select(0, partners) * 0.75, sentence, rtol: 0, atol: 1e-6));

        torch.Tensor Mixed(HiddenMixing mixing)
        {
            network.Mixing = mixing;
            var outputs = network.forward(texts);
            network.Mixing = null;
            return outputs;
        }
    }

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void Every_kind_of_noise_is_keyed_by_the_step_and_silent_at_scoring(RegularizationRecipe recipe)
    {
        using var scope = torch.NewDisposeScope();
        using var network = NetworkArchitecture.TextTransformer(8, 2, 2, Text.MaxLength)
            .CreateNetwork(new InputLayout { Text = Text }, Outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        var texts = Texts();
        float[] Output(bool isTraining, ulong step)
        {
            using var pass = network.Begin(isTraining);
            network.Clock.Step = step;
            return network.forward(texts).data<float>().ToArray();
        }

        CollectionAssert.AreEqual(Output(true, 1), Output(true, 1));
        CollectionAssert.AreNotEqual(Output(true, 1), Output(true, 2));
        CollectionAssert.AreEqual(Output(false, 1), Output(false, 2));
        Assert.IsTrue(Output(true, 3).Concat(Output(false, 3)).All(float.IsFinite));
    }

    private static IEnumerable<object[]> Recipes => new[]
    {
        RegularizationRecipe.None with { Dropout = 0.2 },
        RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) },
        RegularizationRecipe.None with { Dropout = new DropConnect(0.2) },
        RegularizationRecipe.None with { Dropout = new DropConnect(0.2) { PerExample = true, Inference = DropConnectInference.MomentMatched } },
        RegularizationRecipe.None with { Dropout = new VariationalDropout() },
        RegularizationRecipe.None with { StochasticDepth = new StochasticDepth { SurvivalProbability = 0.5, Granularity = StochasticDepthGranularity.Row } },
    }.Select(recipe => new object[] { recipe });

    [TestMethod]
    public void Places_and_class_token_are_not_decayed()
    {
        using var network = Create(TokenPooling.ClassToken);
        using var parameters = new FlatParameters(network);

        var decayed = parameters.Matrices.Select(matrix => matrix.Name).ToList();

        Assert.Contains("embedding.weight", decayed);
        Assert.Contains("blocks.1.attention.qkv.weight", decayed);
        Assert.IsFalse(decayed.Any(name => name.StartsWith("positions", StringComparison.Ordinal) || name.StartsWith("class_token", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind()
    {
        var recipe = RegularizationRecipe.TransformerNlp with { StochasticDepth = new StochasticDepth { Granularity = StochasticDepthGranularity.Row } };
        foreach (var pooling in Enum.GetValues<TokenPooling>())
        {
            var left = LiveTensors.LeftBy(() =>
            {
                using var network = Create(pooling, recipe);
                using var pass = network.Begin(isTraining: true);
                network.forward(Texts()).sum().backward();
            });

            Assert.AreEqual(0, left);
        }
    }

    private static Network Create(TokenPooling pooling, RegularizationRecipe? recipe = null) =>
        (NetworkArchitecture.TextTransformer(4, 2, 2, Text.MaxLength) with { Pooling = pooling, MlpRatio = 2 })
            .CreateNetwork(new InputLayout { Text = Text }, Outputs, new NetworkBuilder(recipe ?? RegularizationRecipe.None, RandomKey.FromSeed(7)));

    /// <summary>Of two, four and one token, the last one unknown.</summary>
    private static torch.Tensor Texts() => torch.tensor(new float[] { 2, 5, 0, 0, 0, 0, 7, 3, 10, 4, 0, 0, 1, 0, 0, 0, 0, 0 }, [3, 6]);
}
