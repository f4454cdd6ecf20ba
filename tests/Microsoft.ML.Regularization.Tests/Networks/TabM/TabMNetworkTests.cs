using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.TabM;

[TestClass]
public sealed class TabMNetworkTests
{
    private const int Members = 3;

    private static readonly InputLayout Input = new() { Numbers = 2, Categories = [new("kind", 1, 3)] };

    private static readonly TabMArchitecture Architecture = new()
    {
        Members = Members, HiddenSizes = [7, 5], NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(2, 4), AveragesProbabilities = true,
    };

    [TestMethod]
    [DataRow(1, true)]
    [DataRow(4, true)]
    [DataRow(1, false)]
    public void It_computes_what_the_paper_says(int outputs, bool areLogits)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(outputs, areLogits);
        var weights = NetworkWeights.CopyOf(network);
        var rows = torch.tensor(new float[] { 0.3f, -1.2f, 2, 1.5f, 0.2f, 0, -2, 3, 1 }, [3, 3]);

        network.eval();
        var members = network.MemberOutputs(new NetworkInput(rows, null)).data<float>().ToArray();
        var output = network.forward(rows).data<float>().ToArray();

        for (var row = 0; row < 3; row++)
        {
            var values = rows.data<float>().Skip(row * 3).Take(3).ToArray();
            var embedded = new List<double>();
            for (var i = 0; i < 2; i++)
            {
                // Edges are -1, 0, 1: the first code has no lower bound, the last no upper one.
                var codes = new[] { Math.Min(1, values[i] + 1.0), Math.Max(0.0, values[i]) };
                for (var k = 0; k < 4; k++)
                    embedded.Add(values[i] * At("numbers.slope", i, k) + At("numbers.shift", i, k) + codes[0] * At("numbers.change", i, 0, k) + codes[1] * At("numbers.change", i, 1, k));
            }

            for (var k = 0; k < weights.Find("categories.0.weight")!.Shape[1]; k++)
                embedded.Add(At("categories.0.weight", (int)values[2], k));
            var logits = new double[Members][];
            for (var member = 0; member < Members; member++)
            {
                var state = embedded.Select((value, i) => value * At("members.factor", member, i)).ToArray();
                for (var layer = 0; layer < 2; layer++)
                    state = [.. Enumerable.Range(0, layer == 0 ? 7 : 5).Select(unit => Math.Max(0, Sum($"hidden.{layer}.linear", unit, state)))];
                logits[member] = [.. Enumerable.Range(0, outputs).Select(unit => Sum("output", member * outputs + unit, state))];
                for (var unit = 0; unit < outputs; unit++)
                    Assert.AreEqual(logits[member][unit], members[(row * Members + member) * outputs + unit], 1e-4);
            }

            var expected = Mean(logits, areLogits);
            for (var unit = 0; unit < outputs; unit++)
                Assert.AreEqual(expected[unit], output[row * outputs + unit], 1e-4);
        }

        double Sum(string name, int unit, double[] input) => input.Select((value, i) => value * At(name + ".weight", unit, i)).Sum() + At(name + ".bias", unit);

        double At(string name, params int[] place)
        {
            var tensor = weights.Find(name)!;
            return tensor.Values.Span[place.Select((index, dimension) => index * (int)tensor.Shape.Skip(dimension + 1).Aggregate(1L, (a, b) => a * b)).Sum()];
        }
    }

    [TestMethod]
    public void A_step_follows_the_mean_of_the_members_own_losses()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(outputs: 4, areLogits: true);
        var (rows, targets) = (torch.tensor(new float[] { 0.3f, -1.2f, 2, 1.5f, 0.2f, 1 }, [2, 3]), torch.tensor(new float[] { 0, 1, 0, 0, 0.5f, 0, 0, 0.5f }, [2, 4]));
        var factors = torch.tensor(new float[] { 0.3f, 0.7f });
        var objective = new CrossEntropyObjective();
        network.train();

        var loss = new LossPasses(network, objective).Add(new TrainingBatch(new NetworkInput(rows, null), targets, factors));

        var gradients = network.named_parameters().ToDictionary(named => named.name, named => named.parameter.grad!.clone());
        network.zero_grad();
        var members = network.MemberOutputs(new NetworkInput(rows, null)).view(2, Members, 4);
        var expected = torch.zeros([1]);
        for (var member = 0; member < Members; member++)
            expected = expected + objective.Sum(members.select(1, member), targets, factors) / Members;
        expected.backward();
        Assert.AreEqual(expected.item<float>(), loss, 1e-5);
        foreach (var (name, parameter) in network.named_parameters())
        {
            Closeness.AssertClose(parameter.grad!.flatten().data<float>().ToArray(), gradients[name].flatten().data<float>().ToArray(), 1e-5, name);
            Assert.IsGreaterThan(0, gradients[name].abs().max().item<float>(), name);
        }
    }

    [TestMethod]
    public void Members_start_alike_but_for_one_factor_a_feature_and_their_outputs()
    {
        using var scope = torch.NewDisposeScope();
        var input = new InputLayout { Numbers = 60, Categories = [new("many", 1, 200)] };
        using var embedded = NetworkArchitecture.TabM(32, 100).CreateNetwork(input, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var plain = (NetworkArchitecture.TabM(32, 100) with { NumericalEmbedding = null })
            .CreateNetwork(input, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var size = EmbeddingSize.Of(200);

        var factors = Of(embedded, "members.factor");
        Assert.AreEqual(60 * 16 + size, factors.shape[1]);
        var numbers = factors.narrow(1, 0, 60 * 16).view(32, 60, 16);
        Assert.AreEqual(0, (numbers - numbers.narrow(2, 0, 1)).abs().max().item<float>());
        Assert.AreEqual(1, numbers.select(2, 0).std().item<float>(), 0.05);
        Assert.AreEqual(0, numbers.select(2, 0).mean().item<float>(), 0.05);
        var kinds = factors.narrow(1, 60 * 16, size);
        Assert.AreEqual(0, (kinds - kinds.narrow(1, 0, 1)).abs().max().item<float>());
        Assert.AreEqual(0, (Of(plain, "members.factor").abs() - 1).abs().max().item<float>());
        Assert.AreEqual(0, Of(plain, "members.factor").mean().item<float>(), 0.1);
        foreach (var (name, inputs) in new[] { ("hidden.0.linear.weight", 60 * 16 + size), ("hidden.0.linear.bias", 60 * 16 + size), ("output.weight", 100), ("output.bias", 100) })
            Assert.AreEqual(1 / Math.Sqrt(inputs), Of(embedded, name).abs().max().item<float>(), 0.1 / Math.Sqrt(inputs), name);

        static torch.Tensor Of(Network network, string name) => network.named_parameters().Single(named => named.name == name).parameter;
    }

    [TestMethod]
    public void Factors_have_the_gradients_of_libtorch()
    {
        using var scope = torch.NewDisposeScope();
        var (values, factors) = (torch.randn([9, 70]), torch.randn([5, 70]));
        var weights = torch.randn([9, 5, 70]);
        var (x, f) = (values.clone().requires_grad_(), factors.clone().requires_grad_());
        (MemberFactors.Of(x, f) * weights).sum().backward();
        var (expectedX, expectedF) = (values.clone().requires_grad_(), factors.clone().requires_grad_());
        (expectedX.unsqueeze(1) * expectedF * weights).sum().backward();

        using (torch.no_grad())
            Closeness.AssertClose((values.unsqueeze(1) * factors).flatten().data<float>().ToArray(), MemberFactors.Of(values, factors).flatten().data<float>().ToArray(), 1e-6, "product");
        Closeness.AssertClose(expectedX.grad!.flatten().data<float>().ToArray(), x.grad!.flatten().data<float>().ToArray(), 1e-5, "rows");
        Closeness.AssertClose(expectedF.grad!.flatten().data<float>().ToArray(), f.grad!.flatten().data<float>().ToArray(), 1e-5, "factors");
    }

    // The mean of probabilities, by their definition.
    private static double[] Mean(double[][] logits, bool areLogits)
    {
        if (!areLogits)
            return [logits.Average(member => member[0])];
        if (logits[0].Length == 1)
        {
            var mean = logits.Average(member => 1 / (1 + Math.Exp(-member[0])));
            return [Math.Log(mean / (1 - mean))];
        }

        return [.. Enumerable.Range(0, logits[0].Length).Select(unit => Math.Log(logits.Average(member => Math.Exp(member[unit]) / member.Sum(Math.Exp))))];
    }

    private static Network Create(int outputs, bool areLogits)
    {
        var network = (Architecture with { AveragesProbabilities = areLogits }).CreateNetwork(Input, outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        network.TakeEdges([-1, 0, 1, -1, 0, 1]);
        using var _ = torch.no_grad();
        var shaken = network.named_parameters().Single(named => named.name == "numbers.change").parameter;
        using var drawn = new InitialWeights(RandomKey.FromSeed(3)).Normal(1, shaken.shape);
        shaken.copy_(drawn);
        return network;
    }
}
