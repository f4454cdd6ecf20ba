using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

/// <summary>Slots that wait and then take all steps at once, against a dense network whose every weight takes every step.</summary>
[TestClass]
public sealed class WaitingSlotsTests
{
    private const int Slots = 1200;

    private const int Units = 20;
    private const int Values = 3000;
    private const int Size = 25;

    private static readonly InputLayout Layout = new() { Numbers = Slots, Categories = [new CategoryInput("Category", 1, Values)], IsSparse = true };

    private static IEnumerable<object[]> Cases =>
        from optimizer in ParameterUpdateTests.Optimizers.Where(optimizer => optimizer.CanMissSteps)
        from recipe in new[]
        {
            RegularizationRecipe.None,
            RegularizationRecipe.None with { WeightDecay = 0.5, GradientClipping = GradientClipping.ByNorm(0.5) },
            RegularizationRecipe.None with { WeightDecay = 0.2, GradientClipping = GradientClipping.ByValue(0.01) },
        }
        select new object[] { optimizer, recipe };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void They_come_to_the_weights_of_an_update_of_all(Optimizer optimizer, RegularizationRecipe recipe)
    {
        Assert.IsTrue(StepStages.LetSlotsWait(optimizer, recipe));
        using var waiting = new Run(optimizer, recipe, waits: true);
        using var dense = new Run(optimizer, recipe, waits: false);
        for (var step = 1; step <= 60; step++)
        {
            var (norm, expected) = (waiting.Step(step), dense.Step(step));
            Assert.AreEqual(expected, norm, 1e-4 * expected, $"gradient norm of step {step}");
        }

        // What no row used is behind by its decay until all are brought up to date.
        Assert.IsTrue(recipe.WeightDecay == 0 || dense.Distance(waiting) > 1e-3);
        waiting.BringUpToDate();
        // A large epsilon counts by its mean, which is right to the first order.
        dense.AssertClose(waiting, optimizer is not AdamOptimizer adam ? 2e-6 : adam.Epsilon < 1e-6 ? 1e-5 : 3e-4);
        Assert.AreEqual(WeightNorms.Of(dense.Parameters), WeightNorms.Of(waiting.Parameters), 1e-4);
        Assert.AreEqual((dense.Parameters.Count, dense.Parameters.DecayedCount), (waiting.Parameters.Count, waiting.Parameters.DecayedCount));
    }

    [TestMethod]
    public void They_never_wait_for_more_steps_than_are_summed_up()
    {
        var recipe = RegularizationRecipe.None with { WeightDecay = 0.2 };
        using var waiting = new Run(Optimizer.Adam(), recipe, waits: true);
        using var dense = new Run(Optimizer.Adam(), recipe, waits: false);
        for (var step = 1; step <= 1100; step++)
        {
            waiting.Step(step, rows: 2);
            dense.Step(step, rows: 2);
        }

        waiting.BringUpToDate();
        dense.AssertClose(waiting, 1e-5);
    }

    [TestMethod]
    public void What_depends_on_all_weights_in_every_step_lets_none_wait()
    {
        var none = RegularizationRecipe.None;
        foreach (var recipe in new[]
        {
            none with { L1 = 0.1 }, none with { L2 = 0.1 }, none with { MaxNorm = 2 }, none with { SharpnessAware = new SharpnessAwareMinimization() },
            none with { WeightAveraging = WeightAveraging.Exponential() }, none with { GradientClipping = GradientClipping.Adaptive(0.1) },
        })
        {
            Assert.IsFalse(StepStages.LetSlotsWait(Optimizer.Adam(), recipe), recipe.ToString());
        }

        // Momentum that fades more slowly than what it is divided by grows without gradients.
        Assert.IsFalse(StepStages.LetSlotsWait(Optimizer.Adam(beta1: 0.99, beta2: 0.9), none));
    }

    /// <summary>A linear layer of sparse rows beside the vectors of a category.</summary>
    private sealed class SideBySide : Network
    {
        private readonly SparseLayer _linear;
        private readonly CategoryLayer _categories;

        public SideBySide(NetworkBuilder builder)
            : base(nameof(SideBySide), builder)
        {
            _linear = (SparseLayer)builder.Dense(Slots, Units, gain: 1, rows: Layout);
            _categories = new CategoryLayer(Slots, [EmbeddingTable.Create(Values, Size, builder)]);
            register_module("linear", _linear);
            register_module("categories", _categories);
        }

        protected override torch.Tensor Compute(torch.Tensor input) => throw new NotSupportedException();

        protected override torch.Tensor Compute(SparseRows rows) => torch.cat([_linear.Forward(rows, null), _categories.Embed(rows)], 1);
    }

    /// <summary>A network whose rows are drawn by the number of the step.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Network _network;
        private readonly ParameterUpdate _update;
        private readonly GradientClipper? _clipper;

        public Run(Optimizer optimizer, RegularizationRecipe recipe, bool waits)
        {
            _network = new SideBySide(new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
            Parameters = new FlatParameters(_network, letsSlotsWait: waits);
            Assert.HasCount(waits ? 2 : 0, Parameters.Waiting);
            _update = optimizer.CreateUpdate(Parameters, WeightShrinkage.Of(recipe));
            _clipper = recipe.GradientClipping?.CreateClipper(Parameters);
        }

        public FlatParameters Parameters { get; }

        public double Step(int step, int rows = 6)
        {
            using var pass = _network.Begin(isTraining: true);
            Parameters.ClearGradients();
            var batch = MakeRows(step, rows);

            // A linear loss: gradients that depend on weights would make a difference of rounding grow from step to step.
            var upstream = new float[rows * (Units + Size)];
            GaussianNoise.Fill(upstream, RandomKey.FromSeed(2), (ulong)step, mean: 0, deviation: 1);
            _network.Outputs(new NetworkInput(null, batch)).backward([FloatTensors.Of(upstream, rows, Units + Size)]);
            var norm = GradientNorm.Of(Parameters);
            _clipper?.AfterGradient(norm);
            _update.Step(0.01 / (1 + 0.01 * step));
            return norm;
        }

        public void BringUpToDate() => _update.BringUpToDate();

        public double Distance(Run other) =>
            Weights().Zip(other.Weights()).Max(pair => pair.First.Zip(pair.Second).Max(weights => Math.Abs(weights.First - (double)weights.Second)));

        public void AssertClose(Run other, double tolerance)
        {
            var (expected, actual) = (Weights(), other.Weights());
            for (var i = 0; i < expected.Count; i++)
                Closeness.AssertClose(expected[i], actual[i], tolerance, $"tensor {i}");
        }

        public void Dispose()
        {
            _update.Dispose();
            Parameters.Dispose();
            _network.Dispose();
        }

        private List<float[]> Weights() => [.. NetworkWeights.CopyOf(_network).Tensors.Select(tensor => tensor.Values.ToArray())];

        // Some slots come often, most rarely and many never.
        private static SparseRows MakeRows(int step, int count)
        {
            var random = new Random(step);
            var rows = new SparseRows(Layout);
            for (var row = 0; row < count; row++)
            {
                var slots = Enumerable.Range(0, 12).Select(i => i < 4 ? random.Next(20) : random.Next(600)).Distinct().Order();
                SlotValue[] values = [.. slots.Select(slot => new SlotValue(slot, random.NextSingle() + 0.1f)), new(Slots, random.Next(500))];
                rows.Add(values, scaler: null);
            }

            return rows;
        }
    }
}
