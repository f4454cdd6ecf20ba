using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class FlatParametersTests
{
    private static readonly MlpArchitecture Architecture = NetworkArchitecture.Mlp(5, 7) with { Normalization = Normalization.Layer };

    [TestMethod]
    public void Flattening_changes_no_weight()
    {
        using var network = Create();
        using var plain = Create();
        using var parameters = new FlatParameters(network);

        foreach (var (expected, actual) in plain.named_parameters().Zip(network.named_parameters()))
        {
            CollectionAssert.AreEqual(expected.parameter.shape, actual.parameter.shape);
            CollectionAssert.AreEqual(Values(expected.parameter), Values(actual.parameter), actual.name);
        }
    }

    [TestMethod]
    public void Writing_a_parameter_shows_in_the_flat_weights_and_the_other_way_round()
    {
        using var network = Create();
        using var parameters = new FlatParameters(network);
        using var _ = torch.no_grad();

        foreach (var (name, parameter) in network.named_parameters())
        {
            parameters.WeightSpan.Clear();
            parameter.fill_(3);
            var start = parameters.WeightSpan.IndexOf(3f);

            Assert.AreEqual(0, start % 16, name);
            Assert.AreEqual(parameter.numel(), parameters.WeightSpan.Count(3f), name);
            for (var i = 0; i < parameter.numel(); i++)
                parameters.WeightSpan[start + i] = i;
            CollectionAssert.AreEqual(Enumerable.Range(0, (int)parameter.numel()).Select(i => (float)i).ToArray(), Values(parameter), name);
        }
    }

    [TestMethod]
    public void Gradients_are_views_too()
    {
        using var network = Create();
        using var parameters = new FlatParameters(network);

        for (var i = 0; i < parameters.GradientSpan.Length; i++)
            parameters.GradientSpan[i] = i;

        foreach (var (name, parameter) in network.named_parameters())
        {
            var values = Values(parameter.grad!);
            CollectionAssert.AreEqual(Enumerable.Range((int)values[0], values.Length).Select(i => (float)i).ToArray(), values, name);
            CollectionAssert.AreEqual(parameter.shape, parameter.grad!.shape);
        }
    }

    [TestMethod]
    public void Backward_accumulates_into_the_flat_gradient_what_the_plain_network_gets()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create();
        using var plain = Create();
        using var parameters = new FlatParameters(network);
        Backward(plain);

        for (var times = 1; times <= 2; times++)
        {
            Backward(network);
            foreach (var (expected, actual) in plain.named_parameters().Zip(network.named_parameters()))
                Closeness.AssertClose([.. Values(expected.parameter.grad!).Select(value => times * value)], Values(actual.parameter.grad!), 1e-5, actual.name);
            Assert.AreEqual(Norm(network), GradientNorm.Of(parameters.GradientSpan), 1e-5 * Norm(network));
        }

        parameters.ClearGradients();

        Assert.IsTrue(network.parameters().All(parameter => Values(parameter.grad!).All(value => value == 0)));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Gradients_are_cleared_by_spans_and_by_torch(bool useSpans)
    {
        using var network = Create();
        using var parameters = new FlatParameters(network, useSpans);
        parameters.GradientSpan.Fill(3);

        parameters.ClearGradients();

        Assert.IsFalse(parameters.GradientSpan.ContainsAnyExcept(0f));
        Assert.AreEqual(useSpans, parameters.UsesSpans);
    }

    [TestMethod]
    public void The_gaps_stay_zero_through_training_steps()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create();
        using var parameters = new FlatParameters(network);
        using var optimizer = Optimizer.Adam().CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.1 }));
        var before = parameters.WeightSpan.ToArray();
        var gaps = Gaps(network, parameters);
        for (var step = 0; step < 3; step++)
        {
            Backward(network);
            optimizer.Step(0.1);
        }

        Assert.IsNotEmpty(gaps);
        Assert.IsTrue(gaps.TrueForAll(gap => parameters.WeightSpan[gap] == 0 && parameters.GradientSpan[gap] == 0));
        CollectionAssert.AreNotEqual(before, parameters.WeightSpan.ToArray());
    }

    [TestMethod]
    public void Matrices_come_first_and_are_counted()
    {
        using var network = Create();
        using var parameters = new FlatParameters(network);
        using var _ = torch.no_grad();
        foreach (var parameter in network.parameters())
            parameter.fill_(parameter.dim() == 2 ? 1 : 2);

        var decayed = (int)parameters.DecayedLength;

        Assert.AreEqual(3 * 5 + 5 * 7 + 7 * 2, parameters.DecayedCount);
        Assert.AreEqual(parameters.DecayedCount + 3 * 5 + 3 * 7 + 2, parameters.Count);
        Assert.AreEqual(parameters.DecayedCount, parameters.WeightSpan[..decayed].Count(1f));
        Assert.IsFalse(parameters.WeightSpan[..decayed].Contains(2f));
        Assert.IsFalse(parameters.WeightSpan[decayed..].Contains(1f));
    }

    [TestMethod]
    public void Biases_and_normalizations_are_decayed_when_asked_and_parameters_of_other_names_never()
    {
        using var network = Create();
        var other = new TorchSharp.Modules.Parameter(torch.ones(9, 2));
        network.register_parameter("noise", other);
        using var parameters = new FlatParameters(network, penalizesBiases: true);
        using var _ = torch.no_grad();
        foreach (var (name, parameter) in network.named_parameters())
            parameter.fill_(name == "noise" ? 3 : parameter.dim() == 2 ? 1 : 2);

        var decayed = (int)parameters.DecayedLength;

        Assert.AreEqual(parameters.Count - 18, parameters.DecayedCount);
        Assert.AreEqual(18, parameters.WeightSpan[decayed..].Count(3f));
        Assert.IsFalse(parameters.WeightSpan[..decayed].Contains(3f));
        Assert.IsFalse(parameters.WeightSpan[decayed..].ContainsAny(1f, 2f));

        // Sparsity stays that of the matrices.
        parameters.WeightSpan.Replace(2f, 0f);
        Assert.AreEqual(0, parameters.ZeroShare());
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind()
    {
        using var network = Create();

        Assert.AreEqual(0, LiveTensors.LeftBy(() =>
        {
            using var parameters = new FlatParameters(network);
            using var optimizer = Optimizer.Adam().CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.1 }));
            using var pass = network.Begin(isTraining: true);
            Backward(network);
            optimizer.Step(0.1);
        }));
    }

    private static Network Create() => Architecture.CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

    private static void Backward(Network network) =>
        network.forward(torch.sin(torch.arange(12, dtype: torch.ScalarType.Float32)).view(4, 3)).square().sum().backward();

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();

    private static double Norm(Network network) =>
        Math.Sqrt(network.parameters().Sum(parameter => Values(parameter.grad!).Sum(value => (double)value * value)));

    private static List<int> Gaps(Network network, FlatParameters parameters)
    {
        var weights = parameters.WeightSpan.ToArray();
        using (torch.no_grad())
        {
            foreach (var parameter in network.parameters())
                parameter.fill_(1);
        }

        var gaps = Enumerable.Range(0, weights.Length).Where(i => parameters.WeightSpan[i] == 0).ToList();
        weights.CopyTo(parameters.WeightSpan);
        return gaps;
    }
}
