using Microsoft.ML.Regularization.Tests.Networks.Passes;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

/// <summary>Recurrent networks in managed code have the outputs and gradients of libtorch.</summary>
[TestClass]
public sealed class RecurrentPassTests
{
    private static readonly InputLayout Steps = new() { Numbers = 18, Steps = 6 };
    private static readonly InputLayout Texts = new() { Text = new TextInput(MaxLength: 9, Vocabulary: 30) };

    private static readonly RegularizationRecipe Dropped = RegularizationRecipe.None with { Dropout = new StandardDropout(0.3) };
    private static readonly RegularizationRecipe Gaussian = RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) };

    private static IEnumerable<RecurrentArchitecture> Kinds =>
        from kind in new RecurrentArchitecture[] { new LstmArchitecture(), new GruArchitecture() }
        from pooling in Enum.GetValues<SequencePooling>()
        select kind with { Pooling = pooling, EmbeddingSize = 7 };

    private static IEnumerable<(string Name, RecurrentArchitecture Architecture, InputLayout Input, RegularizationRecipe Recipe, int Rows)> Networks =>
        from kind in Kinds
        from input in new[] { Steps, Texts }
        from network in Of(kind, input)
        select network;

    private static IEnumerable<object[]> NetworkNames => Networks.Select(network => new object[] { network.Name });

    private static IEnumerable<(string Name, RecurrentArchitecture Architecture, InputLayout Input, RegularizationRecipe Recipe, int Rows)> Of(RecurrentArchitecture kind, InputLayout input)
    {
        var name = $"{kind.GetType().Name}, {kind.Pooling}, {(input.Text is null ? "numbers" : "texts")}";
        return
        [
            (name, kind with { HiddenSize = 20 }, input, Dropped, 37),
            ($"{name}, whole vectors", kind with { HiddenSize = 32, EmbeddingSize = 16 }, input, RegularizationRecipe.None, 64),
            ($"{name}, two layers", kind with { HiddenSize = 9, Layers = 2 }, input, RegularizationRecipe.None, 5),
            ($"{name}, noise between layers", kind with { HiddenSize = 9, Layers = 3 }, input, Gaussian, 30),
            ($"{name}, both directions", kind with { HiddenSize = 17, Bidirectional = true }, input, Dropped, 30),
            ($"{name}, two layers in both directions", kind with { HiddenSize = 12, Layers = 2, Bidirectional = true }, input, Dropped, 30),
            ($"{name}, one row", kind with { HiddenSize = 20 }, input, Dropped, 1),
            ($"{name}, single numbers", kind with { HiddenSize = 6, EmbeddingSize = 1 }, input.Text is null ? new InputLayout { Numbers = 4, Steps = 4 } : input, Dropped, 20),
            ($"{name}, a single step", kind with { HiddenSize = 6 }, input.Text is null ? new InputLayout { Numbers = 4, Steps = 1 } : new InputLayout { Text = new TextInput(1, 30) }, Dropped, 20),
            .. Many(name, kind with { HiddenSize = 5, Layers = 2 }, input),
        ];
    }

    // Of so many states of long texts, some are the largest by no more than rounding.
    private static IEnumerable<(string Name, RecurrentArchitecture Architecture, InputLayout Input, RegularizationRecipe Recipe, int Rows)> Many(string name, RecurrentArchitecture kind, InputLayout input)
    {
        if (input.Text is null)
            yield return ($"{name}, many rows, some at a time", kind, input, Dropped, 2800);
        else if (kind.Pooling != SequencePooling.Max)
            yield return ($"{name}, many rows, some at a time", kind, new InputLayout { Text = input.Text with { MaxLength = 70 } }, Dropped, 2000);
    }

    [TestMethod]
    [DynamicData(nameof(NetworkNames))]
    public void They_have_the_outputs_and_gradients_of_libtorch(string name)
    {
        var (_, architecture, input, recipe, rows) = Networks.Single(network => network.Name == name);
        using var bench = Bench(architecture, input, recipe, rows);

        // Recurrent weights learn from the second step on.
        bench.AssertEqual(isEachLearning: input.Steps != 1 && input.Text?.MaxLength != 1);
    }

    [TestMethod]
    [DataRow(0, 30)]
    [DataRow(1, 30)]
    [DataRow(0, 2800)]
    public void Mixed_rows_have_the_gradients_of_libtorch(int state, int rows)
    {
        using var partners = torch.tensor(Enumerable.Range(0, rows).Select(row => (row * 7L + 3) % rows).ToArray());
        foreach (var (kind, input) in from kind in Kinds from input in new[] { Steps, Texts } select (kind, input))
        {
            var architecture = kind with { HiddenSize = 9, Layers = 2, Bidirectional = rows < 100 };
            using var bench = Bench(architecture, input, Dropped with { ManifoldMixup = new ManifoldMixup() }, rows, new HiddenMixing(state, partners, 0.3));
            bench.AssertEqual();
            Assert.IsTrue(bench.Network.Passes!.Mixes);
        }
    }

    /// <summary>Units that forget everything have the same state wherever the same token stands.</summary>
    [TestMethod]
    public void Steps_that_reach_the_same_maximum_share_its_gradient_as_those_of_libtorch()
    {
        foreach (var kind in Kinds.Where(kind => kind.Pooling == SequencePooling.Max))
        {
            using var bench = Bench(kind with { HiddenSize = 20, Bidirectional = true }, Texts with { Text = new TextInput(MaxLength: 9, Vocabulary: 1) }, RegularizationRecipe.None, rows: 40);
            foreach (var (name, parameter) in bench.Network.named_parameters())
            {
                if (name.EndsWith("recurrent_weight", StringComparison.Ordinal))
                    FlatParameters.SpanOf(parameter).Clear();
                if (name.EndsWith("input_bias", StringComparison.Ordinal))
                    FlatParameters.SpanOf(parameter).Slice(20, 20).Fill(-200);
            }

            bench.AssertEqual(isEachLearning: false);
        }
    }

    [TestMethod]
    public void Padding_and_tokens_that_no_text_has_learn_nothing()
    {
        foreach (var kind in Kinds)
        {
            using var bench = Bench(kind with { HiddenSize = 6, Layers = 2 }, new InputLayout { Text = new TextInput(MaxLength: 9, Vocabulary: 500) }, Dropped, rows: 12);
            bench.Network.PreparePasses();
            bench.Take(1);
            var gradients = bench.Network.get_parameter("embedding.weight")!.grad!.data<float>().ToArray().Chunk(7).ToList();
            for (var token = 0; token < gradients.Count; token++)
                Assert.AreEqual(token != TextInput.Padding && bench.Rows.Contains(token), Array.Exists(gradients[token], value => value != 0), $"token {token}");
        }
    }

    [TestMethod]
    public void Gradients_are_those_of_finite_differences()
    {
        foreach (var kind in Kinds.Where(kind => kind.Pooling != SequencePooling.Max))
        {
            using var bench = Bench(kind with { HiddenSize = 9, Layers = 2, Bidirectional = true }, Texts, Dropped, rows: 40);
            bench.Network.PreparePasses();
            bench.AssertIsDerivative();
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Vectors_of_tokens_that_wait_are_those_that_never_wait_in_libtorch(bool isManaged)
    {
        var (expected, actual) = (Train(isManaged: false, letsSlotsWait: false), Train(isManaged, letsSlotsWait: true));
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-4 * Math.Max(1, Math.Abs(expected[i])), $"weight {i}");

        static float[] Train(bool isManaged, bool letsSlotsWait)
        {
            var architecture = new LstmArchitecture { HiddenSize = 10, EmbeddingSize = 40 };
            using var bench = Bench(architecture, new InputLayout { Text = new TextInput(MaxLength: 9, Vocabulary: 2000) }, Dropped, rows: 60, letsSlotsWait: letsSlotsWait);
            if (isManaged)
                bench.Network.PreparePasses();
            Assert.HasCount(letsSlotsWait ? 1 : 0, bench.Waiting);
            bench.Train(steps: 40);
            return [.. bench.Network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
        }
    }

    [TestMethod]
    public void A_token_that_the_table_has_not_is_refused()
    {
        using var network = RecurrentNetworks.Create(new GruArchitecture { HiddenSize = 4 }, RecurrentNetworks.Text);
        using var parameters = new FlatParameters(network);
        network.PreparePasses();
        using var rows = RecurrentNetworks.Tokens([2, 11]);
        Assert.Contains("11", Assert.ThrowsExactly<InvalidOperationException>(() => ManagedPasses.TryCompute(network, rows, new float[2])).Message);
    }

    [TestMethod]
    public void Masked_weights_leave_the_network_to_libtorch()
    {
        foreach (var input in new[] { Steps, Texts })
        {
            using var bench = Bench(new GruArchitecture { HiddenSize = 4 }, input, RegularizationRecipe.None with { Dropout = Dropout.Connect(0.2) }, rows: 8);
            bench.Network.PreparePasses();
            Assert.IsNull(bench.Network.Passes);
        }
    }

    private static PassBench Bench(
        RecurrentArchitecture architecture, InputLayout input, RegularizationRecipe recipe, int rows, HiddenMixing? mixing = null, bool letsSlotsWait = false) =>
        new(architecture, input, recipe, new CrossEntropyObjective(), outputs: 3, targets: 3, rows, letsSlotsWait) { Mixing = mixing };
}
