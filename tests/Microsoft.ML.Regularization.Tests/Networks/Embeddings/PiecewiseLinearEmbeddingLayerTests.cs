using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Embeddings;

[TestClass]
public sealed class PiecewiseLinearEmbeddingLayerTests
{
    private const int Bins = 4;

    // Four bins; two bins and a repeated edge; one bin; none.
    private static readonly float[] Edges = [-1, 0, 0.5f, 2, 3, -2, 1, 2, 2, 2, 0, 5, 5, 5, 5, 7, 7, 7, 7, 7];
    private static readonly int[] Counts = [4, 2, 1, 0];

    [TestMethod]
    [DataRow(1.0, 3)]
    [DataRow(0.1, 16)]
    public void It_computes_what_the_paper_says(double rate, int size)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(rate, size);
        var (slope, shift, change) = Effective(layer, rate);
        var random = new Random(2);
        var rows = Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, 4).Select(_ => (float)(12 * random.NextDouble() - 4)).ToArray()).ToArray();
        rows[0] = [-1, 1, 5, 7];
        rows[1] = [3, 2, 0, 7];
        rows[2] = [-500, 500, 500, 500];

        var output = layer.forward(torch.tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, 4])).data<float>().ToArray();

        for (var row = 0; row < rows.Length; row++)
        {
            for (var number = 0; number < 4; number++)
            {
                var codes = Codes(number, rows[row][number]);
                for (var k = 0; k < size; k++)
                {
                    var expected = rows[row][number] * slope[number * size + k] + shift[number * size + k]
                        + codes.Select((code, bin) => code * change[(number * Bins + bin) * size + k]).Sum();
                    Assert.AreEqual(expected, output[(row * 4 + number) * size + k], 1e-3 + 1e-5 * Math.Abs(expected), $"row {row}, number {number}");
                }
            }
        }
    }

    [TestMethod]
    public void Tensors_give_the_same_as_managed_code_and_so_do_their_gradients()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.5, 5);
        using var twin = Create(0.5, 5);
        twin.to(torch.ScalarType.Float64);
        var random = new Random(4);
        var values = Enumerable.Range(0, 60 * 4).Select(_ => (float)(14 * random.NextDouble() - 5)).ToArray();
        var input = torch.tensor(values, [60, 4]).requires_grad_();
        var precise = torch.tensor(values, [60, 4]).to(torch.ScalarType.Float64).detach().requires_grad_();
        var weights = torch.randn([60, 20]);

        var output = layer.forward(input);
        (output * weights).sum().backward();
        var expected = twin.forward(precise);
        (expected * weights.to(torch.ScalarType.Float64)).sum().backward();

        AssertClose(expected, output, "output");
        AssertClose(precise.grad!, input.grad!, "input");
        foreach (var ((name, own), (_, other)) in layer.named_parameters().Zip(twin.named_parameters()))
            AssertClose(other.grad!, own.grad!, name);
    }

    [TestMethod]
    public void Gradients_of_tensors_are_those_of_finite_differences()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(1, 3);
        GradientCheck.AssertRight(layer, torch.tensor(new float[] { -3, 0.3f, 2.2f, 6, 0.7f, 1.4f, 8, 7.5f }, [2, 4]));
    }

    [TestMethod]
    public void It_starts_as_straight_lines()
    {
        using var scope = torch.NewDisposeScope();
        var builder = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1));
        using var layer = new PiecewiseLinearEmbeddingLayer(200, NumericalEmbedding.PiecewiseLinear(), 0.1, builder);
        var parameters = layer.named_parameters().ToDictionary(named => named.name, named => named.parameter);

        Assert.AreEqual(0, parameters["change"].abs().max().item<float>());
        foreach (var name in new[] { "slope", "shift" })
        {
            Assert.AreEqual(0.25, 0.1 * parameters[name].abs().max().item<float>(), 0.001);
            Assert.AreEqual(0.25 / Math.Sqrt(3), 0.1 * parameters[name].std().item<float>(), 0.005);
        }
    }

    // Of the definition, in double precision.
    private static double[] Codes(int number, double value)
    {
        var codes = new double[Bins];
        for (var bin = 0; bin < Counts[number]; bin++)
        {
            var (lower, upper) = (Edges[number * (Bins + 1) + bin], Edges[number * (Bins + 1) + bin + 1]);
            codes[bin] = Math.Clamp((value - lower) / (upper - lower), bin == 0 ? -10 : 0, bin == Counts[number] - 1 ? 11 : 1);
        }

        return codes;
    }

    private static PiecewiseLinearEmbeddingLayer Create(double rate, int size)
    {
        var builder = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1));
        var layer = new PiecewiseLinearEmbeddingLayer(4, NumericalEmbedding.PiecewiseLinear(Bins, size), rate, builder);
        layer.TakeEdges(Edges);
        using var _ = torch.no_grad();
        using var drawn = builder.Weights.Normal(1, 4, Bins, size);
        layer.named_parameters().Single(named => named.name == "change").parameter.copy_(drawn);
        return layer;
    }

    private static (double[] Slope, double[] Shift, double[] Change) Effective(PiecewiseLinearEmbeddingLayer layer, double rate)
    {
        var parameters = layer.named_parameters().ToDictionary(
            named => named.name, named => Array.ConvertAll(named.parameter.data<float>().ToArray(), value => rate * value));
        return (parameters["slope"], parameters["shift"], parameters["change"]);
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual, string what)
    {
        var (e, a) = (expected.flatten().data<double>().ToArray(), actual.flatten().data<float>().ToArray());
        Assert.IsGreaterThan(0, e.Max(Math.Abs), what);
        for (var i = 0; i < e.Length; i++)
            Assert.AreEqual(e[i], a[i], 1e-4 * Math.Max(1, Math.Abs(e[i])), $"{what}, element {i}");
    }
}
