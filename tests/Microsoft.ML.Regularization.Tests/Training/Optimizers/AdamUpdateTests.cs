using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

[TestClass]
public sealed class AdamUpdateTests
{
    private const string Decoupled = "AdamW";
    private const string Coupled = "Adam_coupled_L2";

    private static readonly JsonElement Golden = GoldenFile.Read("adamw_vs_adam_l2.json");

    [TestMethod]
    public void The_kernel_follows_pytorchs_adamw()
    {
        foreach (var golden in Cases(Decoupled))
        {
            var decay = Hyper(golden, "weight_decay");
            AssertFollows(golden, new Spans(Options(golden), shrink: 1 - Hyper(golden, "lr") * decay), coupledDecay: 0);
        }
    }

    [TestMethod]
    public void The_torch_calls_follow_pytorchs_adamw()
    {
        foreach (var golden in Cases(Decoupled))
        {
            using var tensors = new Tensors(Options(golden), shrink: 1 - Hyper(golden, "lr") * Hyper(golden, "weight_decay"));
            AssertFollows(golden, tensors, coupledDecay: 0);
        }
    }

    [TestMethod]
    public void Without_decay_and_with_the_l2_term_in_the_gradient_the_kernel_is_pytorchs_adam()
    {
        foreach (var golden in Cases(Coupled))
            AssertFollows(golden, new Spans(Options(golden), shrink: 1), coupledDecay: Hyper(golden, "weight_decay"));
    }

    [TestMethod]
    public void Decoupled_decay_is_not_an_l2_term()
    {
        foreach (var (decoupled, coupled) in Cases(Decoupled).Zip(Cases(Coupled)))
        {
            var difference = LastWeights(decoupled).Zip(LastWeights(coupled), (a, b) => Math.Abs(a - b)).Max();
            if (Hyper(decoupled, "weight_decay") == 0)
                Assert.IsLessThan(1e-9, difference);
            else
                Assert.IsGreaterThan(1e-4, difference);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_optimizer_follows_pytorchs_adamw_on_the_weights_of_a_network(bool useSpans)
    {
        foreach (var golden in Cases(Decoupled).Where(golden => Mode(golden) == "given_grads"))
        {
            using var network = NetworkArchitecture.Mlp().CreateNetwork(5, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
            using var parameters = new FlatParameters(network, useSpans);
            using var optimizer = Options(golden).CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = Hyper(golden, "weight_decay") }));
            Golden.GetProperty("w0").Floats().CopyTo(parameters.WeightSpan);

            foreach (var step in golden.GetProperty("trace").EnumerateArray())
            {
                step.GetProperty("grad").Floats().CopyTo(parameters.GradientSpan);
                optimizer.Step(Hyper(golden, "lr"));
                Closeness.AssertClose(step.GetProperty("param").Numbers(), parameters.WeightSpan[..5], 1e-6, $"step {step.GetProperty("step")}");
            }
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(8)]
    [DataRow(16)]
    [DataRow(17)]
    [DataRow(31)]
    [DataRow(1000)]
    [DataRow(1003)]
    public void The_kernel_equals_the_torch_calls_at_every_length(int length)
    {
        var random = new Random(length);
        var initial = Vector();
        var spans = new Spans(new(), shrink: 0.999, initial);
        using var tensors = new Tensors(new(), shrink: 0.999, initial);
        for (var step = 1; step <= 6; step++)
        {
            var gradients = Vector();
            spans.Update(gradients, 0.01, step);
            tensors.Update(gradients, 0.01, step);
        }

        Closeness.AssertClose(tensors.Weights, spans.Weights, 1e-6, "weights");
        Closeness.AssertClose(tensors.Mean, spans.Mean, 1e-6, "mean");
        Closeness.AssertClose(tensors.Variance, spans.Variance, 1e-6, "variance");

        float[] Vector() => [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1)];
    }

    // Adam's first step is the learning rate against the gradient's sign, whatever the gradient's size.
    [TestMethod]
    [DataRow(1e-3f)]
    [DataRow(1f)]
    [DataRow(1e6f)]
    public void The_first_step_has_the_length_of_the_learning_rate(float gradient)
    {
        var spans = new Spans(new(), shrink: 1, new float[20]);

        spans.Update([.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? gradient : -gradient)], 0.01, step: 1);

        Closeness.AssertClose([.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? -0.01 : 0.01)], spans.Weights, 2e-7, "weights");
    }

    private static List<JsonElement> Cases(string name)
    {
        // The kernel has no amsgrad.
        var cases = Golden.GetProperty("cases").EnumerateArray()
            .Where(golden => golden.GetProperty("name").GetString() == name)
            .Where(golden => !golden.GetProperty("hyper").TryGetProperty("amsgrad", out _))
            .ToList();
        Assert.HasCount(16, cases);
        return cases;
    }

    private static AdamOptimizer Options(JsonElement golden)
    {
        var hyper = golden.GetProperty("hyper");
        var betas = hyper.TryGetProperty("betas", out var given) ? given.Numbers() : [0.9, 0.999];
        return new AdamOptimizer { Beta1 = betas[0], Beta2 = betas[1], Epsilon = hyper.TryGetProperty("eps", out var epsilon) ? epsilon.GetDouble() : 1e-8 };
    }

    private static double Hyper(JsonElement golden, string name) => golden.GetProperty("hyper").GetProperty(name).GetDouble();

    private static string Mode(JsonElement golden) => golden.GetProperty("mode").GetString()!;

    private static double[] LastWeights(JsonElement golden) => golden.GetProperty("trace").EnumerateArray().Last().GetProperty("param").Numbers();

    private static void AssertFollows(JsonElement golden, IState state, double coupledDecay)
    {
        var givenGradients = Golden.GetProperty("given_grads").EnumerateArray().ToList();
        foreach (var expected in golden.GetProperty("trace").EnumerateArray())
        {
            var step = expected.GetProperty("step").GetInt32();
            var weights = state.Weights;
            var gradients = Mode(golden) == "quadratic" ? QuadraticGradient(weights) : givenGradients[step - 1].Floats();
            for (var i = 0; i < gradients.Length; i++)
                gradients[i] += (float)(coupledDecay * weights[i]);

            state.Update(gradients, Hyper(golden, "lr"), step);

            var what = $"{golden.GetProperty("name")}, {Mode(golden)}, decay {Hyper(golden, "weight_decay")}, step {step}, ";
            Closeness.AssertClose(expected.GetProperty("param").Numbers(), state.Weights, 1e-6, what + "weights");
            Closeness.AssertClose(expected.GetProperty("state").GetProperty("exp_avg").Numbers(), state.Mean, 1e-6, what + "mean");

            // Small numbers: compared with their own size.
            var variances = expected.GetProperty("state").GetProperty("exp_avg_sq").Numbers();
            for (var i = 0; i < variances.Length; i++)
                Assert.AreEqual(variances[i], state.Variance[i], 5e-6 * variances[i], what + "variance");
        }
    }

    private static float[] QuadraticGradient(float[] weights)
    {
        var matrix = Golden.GetProperty("quadratic").GetProperty("A").Numbers();
        var minimum = Golden.GetProperty("quadratic").GetProperty("b").Numbers();
        return [.. Enumerable.Range(0, 5).Select(row => (float)Enumerable.Range(0, 5).Sum(i => matrix[5 * row + i] * (weights[i] - minimum[i])))];
    }

    private interface IState
    {
        float[] Weights { get; }

        float[] Mean { get; }

        float[] Variance { get; }

        void Update(float[] gradients, double learningRate, int step);
    }

    private sealed class Spans(AdamOptimizer options, double shrink, float[]? initial = null) : IState
    {
        public float[] Weights { get; } = (initial ?? Golden.GetProperty("w0").Floats()).ToArray();

        public float[] Mean { get; } = new float[initial?.Length ?? 5];

        public float[] Variance { get; } = new float[initial?.Length ?? 5];

        public void Update(float[] gradients, double learningRate, int step) =>
            AdamUpdate.Update(Weights, gradients, Mean, Variance, new AdamUpdate.Coefficients(options, learningRate, step), (float)shrink);
    }

    private sealed class Tensors : IState, IDisposable
    {
        private readonly AdamOptimizer _options;
        private readonly double _shrink;
        private readonly Tensor _weights;
        private readonly Tensor _mean;
        private readonly Tensor _variance;

        public Tensors(AdamOptimizer options, double shrink, float[]? initial = null)
        {
            _options = options;
            _shrink = shrink;
            _weights = torch.tensor(initial ?? Golden.GetProperty("w0").Floats());
            _mean = torch.zeros_like(_weights);
            _variance = torch.zeros_like(_weights);
        }

        public float[] Weights => _weights.data<float>().ToArray();

        public float[] Mean => _mean.data<float>().ToArray();

        public float[] Variance => _variance.data<float>().ToArray();

        public void Update(float[] gradients, double learningRate, int step)
        {
            using var scope = torch.NewDisposeScope();
            AdamUpdate.Update(_weights, torch.tensor(gradients), _mean, _variance, new AdamUpdate.Coefficients(_options, learningRate, step), _shrink);
        }

        public void Dispose()
        {
            _weights.Dispose();
            _mean.Dispose();
            _variance.Dispose();
        }
    }
}
