using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;
using static Microsoft.ML.Regularization.Tests.Networks.Recurrent.RecurrentNetworks;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

[TestClass]
public sealed class RecurrentNetworkTests
{
    [TestMethod]
    [DynamicData(nameof(Shapes), typeof(RecurrentNetworks))]
    public void Sequences_give_what_the_formulas_say(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(architecture, Numbers);
        var reference = new RecurrentReference(architecture, NetworkWeights.CopyOf(network));
        using var pass = network.Begin(isTraining: false);
        var rows = Rows(6, 15);

        var outputs = network.forward(rows);

        for (var row = 0; row < 6; row++)
        {
            var values = rows[row].data<float>().ToArray();
            var expected = reference.Outputs([.. values.Select(value => (double)value).Chunk(3)]);
            Closeness.AssertClose(expected, outputs[row].data<float>().ToArray(), 1e-6, $"row {row}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Shapes), typeof(RecurrentNetworks))]
    public void Texts_of_any_length_give_what_the_formulas_say_of_their_own_tokens(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(architecture, Text);
        var weights = NetworkWeights.CopyOf(network);
        var reference = new RecurrentReference(architecture, weights);
        var vectors = weights.Find("embedding.weight")!.Values.ToArray();
        using var pass = network.Begin(isTraining: false);
        int[][] texts = [[2, 5, 3, 10, 1], [7], [4, 4, 9], [1], [10, 2, 3, 4, 5, 6, 7, 8]];

        var together = network.forward(Tokens(texts));

        for (var row = 0; row < texts.Length; row++)
        {
            var expected = reference.Outputs([.. texts[row].Select(token => vectors.AsSpan(3 * token, 3).ToArray().Select(value => (double)value).ToArray())]);
            var alone = network.forward(Tokens(texts[row]))[0].data<float>().ToArray();
            Closeness.AssertClose(expected, alone, 1e-6, $"text {row}");
            Closeness.AssertClose(alone, together[row].data<float>().ToArray(), 1e-6, $"text {row}");
        }
    }

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(2, false)]
    [DataRow(2, true)]
    public void States_are_those_of_the_libraries_own_lstm_with_the_same_weights(int layers, bool bidirectional)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(NetworkArchitecture.Lstm(6, layers, bidirectional), Numbers);
        using var own = torch.nn.LSTM(3, 6, layers, bias: true, batchFirst: true, dropout: 0, bidirectional: bidirectional);
        CopyWeights(network, own, layers, bidirectional);
        using var pass = network.Begin(isTraining: false);
        var rows = Rows(4, 15);

        var (_, last, _) = own.call(rows.view(4, 5, 3));

        Assert.IsTrue(torch.allclose(Outputs(network, last, bidirectional), network.forward(rows), atol: 1e-6));
    }

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(2, false)]
    [DataRow(2, true)]
    public void States_are_those_of_the_libraries_own_gru_with_the_same_weights(int layers, bool bidirectional)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(NetworkArchitecture.Gru(6, layers, bidirectional), Numbers);
        using var own = torch.nn.GRU(3, 6, layers, bias: true, batchFirst: true, dropout: 0, bidirectional: bidirectional);
        CopyWeights(network, own, layers, bidirectional);
        using var pass = network.Begin(isTraining: false);
        var rows = Rows(4, 15);

        var (_, last) = own.call(rows.view(4, 5, 3));

        Assert.IsTrue(torch.allclose(Outputs(network, last, bidirectional), network.forward(rows), atol: 1e-6));
    }

    /// <summary>Keras' and PyTorch's own counts: an LSTM of 128 units on 64 numbers has 4 (128 (64 + 128) + 2 * 128) = 99,328 parameters.</summary>
    [TestMethod]
    public void It_has_as_many_parameters_as_the_literature_says()
    {
        var input = new InputLayout { Numbers = 640, Steps = 10 };
        Assert.AreEqual(99_328 + 129 * 10, Count(NetworkArchitecture.Lstm(), input, 10));
        Assert.AreEqual(74_496 + 129 * 10, Count(NetworkArchitecture.Gru(), input, 10));
        Assert.AreEqual(2 * 99_328 + 2 * 4 * (128 * (256 + 128) + 256) + 257 * 10, Count(NetworkArchitecture.Lstm(layers: 2, bidirectional: true), input, 10));
        Assert.AreEqual(11 * 64 + 99_328 + 129, Count(NetworkArchitecture.Lstm(), Text, 1));
    }

    [TestMethod]
    [DynamicData(nameof(Shapes), typeof(RecurrentNetworks))]
    public void The_count_that_is_checked_against_memory_is_the_count_there_is(RecurrentArchitecture architecture)
    {
        foreach (var input in new[] { Numbers, Text })
            Assert.AreEqual(architecture.WeightsOf(input, 2), Count(architecture, input, 2));
    }

    [TestMethod]
    public void Weights_start_as_documented()
    {
        using var network = Create(NetworkArchitecture.Lstm(64) with { ForgetBias = 1.5 }, Text);
        var weights = NetworkWeights.CopyOf(network);

        foreach (var name in new[] { "ahead.0.input_weight", "ahead.0.recurrent_weight" })
        {
            var values = weights.Find(name)!.Values.ToArray();
            Assert.IsLessThanOrEqualTo(0.125f, values.Max(Math.Abs));
            Assert.AreEqual(0.125 * 0.125 / 3, values.Average(value => value * value), 2e-4);
        }

        float[] zeros = new float[64], biases = [.. zeros, .. zeros.Select(_ => 1.5f), .. zeros, .. zeros];
        CollectionAssert.AreEqual(biases, weights.Find("ahead.0.input_bias")!.Values.ToArray());
        CollectionAssert.AreEqual(new float[256], weights.Find("ahead.0.recurrent_bias")!.Values.ToArray());
        var vectors = weights.Find("embedding.weight")!.Values.ToArray();
        CollectionAssert.AreEqual(new float[128], vectors[..128]);
        Assert.AreEqual(1, vectors[128..].Average(value => value * value), 0.15);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds), typeof(RecurrentNetworks))]
    public void A_mixed_text_is_as_long_as_the_longer_of_both(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        architecture = architecture with { HiddenSize = 4, EmbeddingSize = 3, Bidirectional = true, Pooling = SequencePooling.Mean };
        using var network = Create(architecture, Text);
        var weights = NetworkWeights.CopyOf(network);
        var vectors = weights.Find("embedding.weight")!.Values.ToArray();
        using var pass = network.Begin(isTraining: false);
        int[] longer = [2, 5, 3], shorter = [7];
        network.Mixing = new HiddenMixing(0, torch.tensor([1L, 0L]), 0.25);

        var outputs = network.forward(Tokens(longer, shorter));

        var mixed = Enumerable.Range(0, 3).Select(step => Enumerable.Range(0, 3).Select(
            i => 0.25 * vectors[3 * longer[step] + i] + (step == 0 ? 0.75 * vectors[3 * shorter[0] + i] : 0)).ToArray()).ToList();
        var expected = new RecurrentReference(architecture, weights).Outputs(mixed);
        Closeness.AssertClose(expected, outputs[0].data<float>().ToArray(), 1e-6, "the longer one");
    }

    [TestMethod]
    public void Pooled_states_mix_as_the_outputs_do()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(NetworkArchitecture.Gru(4), Text);
        using var pass = network.Begin(isTraining: false);
        var tokens = Tokens([2, 5, 3], [7]);
        var plain = network.forward(tokens);
        network.Mixing = new HiddenMixing(1, torch.tensor([1L, 0L]), 0.25);

        Assert.IsTrue(torch.allclose(plain * 0.25 + plain.flip(0) * 0.75, network.forward(tokens), atol: 1e-6));
    }

    [TestMethod]
    [DynamicData(nameof(Kinds), typeof(RecurrentNetworks))]
    public void Sequences_of_one_step_work(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        architecture = architecture with { HiddenSize = 4, Bidirectional = true };
        using var network = Create(architecture, new InputLayout { Numbers = 3, Steps = 1 });
        using var pass = network.Begin(isTraining: false);
        var rows = Rows(1, 3);
        var expected = new RecurrentReference(architecture, NetworkWeights.CopyOf(network))
            .Outputs([[.. rows.data<float>().ToArray().Select(value => (double)value)]]).Select(value => (float)value).ToArray();
        Closeness.AssertClose(expected, network.forward(rows).data<float>().ToArray(), 1e-6, "one step");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds), typeof(RecurrentNetworks))]
    public void Dropout_is_the_same_at_all_steps_of_a_row_and_new_in_each_training_step(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(architecture with { HiddenSize = 8, Layers = 2 }, Numbers, new StandardDropout(0.5));
        using var pass = network.Begin(isTraining: true);
        var (layers, noises) = (network.modules().OfType<RecurrentLayer>().Distinct().ToList(), network.modules().OfType<DropoutLayer>().Distinct().ToList());
        var rows = Rows(4, 15);
        var outputs = new List<torch.Tensor>();
        foreach (var step in new[] { 1ul, 2ul })
        {
            network.Clock.Step = step;
            var oneForAllSteps = noises[0].forward(torch.ones(4, 1, 8));
            var states = layers[1].forward(layers[0].forward(rows.view(4, 5, 3)) * oneForAllSteps);
            var pooled = states.select(1, 4) * noises[1].forward(torch.ones(4, 8));
            var expected = torch.nn.functional.linear(pooled, network.get_parameter("output.weight")!, network.get_parameter("output.bias")!);
            outputs.Add(network.forward(rows));
            Assert.IsTrue(torch.allclose(expected, outputs[^1], atol: 1e-6));
        }

        Assert.HasCount(2, noises);
        Assert.IsFalse(torch.allclose(outputs[0], outputs[1], atol: 1e-3));
    }

    [TestMethod]
    public void Vectors_of_tokens_are_dropped_alike_at_all_steps()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(NetworkArchitecture.Gru(4) with { EmbeddingSize = 6 }, Text, new StandardDropout(0.5));
        using var pass = network.Begin(isTraining: true);
        var (layer, noises) = (network.modules().OfType<RecurrentLayer>().Single(), network.modules().OfType<DropoutLayer>().Distinct().ToList());
        var vectors = network.get_parameter("embedding.weight")!.index_select(0, torch.tensor([3L, 3L, 5L])).unsqueeze(0);

        var pooled = layer.forward(vectors * noises[0].forward(torch.ones(1, 1, 6))).select(1, 2) * noises[1].forward(torch.ones(1, 4));

        var expected = torch.nn.functional.linear(pooled, network.get_parameter("output.weight")!, network.get_parameter("output.bias")!);
        Assert.IsTrue(torch.allclose(expected, network.forward(Tokens([3, 3, 5])), atol: 1e-6));
    }

    private static double Count(RecurrentArchitecture architecture, InputLayout input, int outputs)
    {
        using var network = Create(architecture, input, outputs: outputs);
        return network.parameters().Sum(parameter => parameter.numel());
    }

    private static void CopyWeights(Network network, torch.nn.Module own, int layers, bool bidirectional)
    {
        using var _ = torch.no_grad();
        for (var layer = 0; layer < layers; layer++)
        {
            foreach (var (direction, suffix) in bidirectional ? new[] { ("ahead", ""), ("back", "_reverse") } : [("ahead", "")])
            {
                foreach (var (name, ownName) in new[]
                {
                    ("input_weight", "weight_ih"), ("recurrent_weight", "weight_hh"), ("input_bias", "bias_ih"), ("recurrent_bias", "bias_hh"),
                })
                {
                    var value = own.get_parameter($"{ownName}_l{layer}{suffix}")!;
                    network.get_parameter($"{direction}.{layer}.{name}")!.copy_(value);
                }
            }
        }
    }

    private static torch.Tensor Outputs(Network network, torch.Tensor last, bool bidirectional)
    {
        var pooled = bidirectional ? torch.cat([last[-2], last[-1]], 1) : last[-1];
        return torch.nn.functional.linear(pooled, network.get_parameter("output.weight")!, network.get_parameter("output.bias")!);
    }
}
