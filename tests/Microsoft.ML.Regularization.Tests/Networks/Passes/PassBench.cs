using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Passes;

/// <summary>A network whose outputs and gradients are computed by libtorch and in managed code.</summary>
internal sealed class PassBench : IDisposable
{
    private readonly Objective _objective;
    private readonly bool _skipsBlocks;
    private readonly FlatParameters _parameters;
    private readonly torch.Tensor _rows;
    private readonly torch.Tensor _targets;
    private readonly torch.Tensor _factors;

    public PassBench(
        NetworkArchitecture architecture, InputLayout input, RegularizationRecipe recipe, Objective objective, int outputs, int targets, int rows, bool letsSlotsWait = false,
        params string[] frozen)
    {
        (_objective, _skipsBlocks) = (objective, recipe.StochasticDepth is not null);
        Network = architecture.CreateNetwork(input, outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(6)));
        if (input.Numbers > 0)
            Network.ScaleInputs(new InputScaler(InputScaling.RobustSmoothClip, [.. Enumerable.Repeat(0.2f, input.Numbers)], [.. Enumerable.Repeat(1.3f, input.Numbers)]));
        foreach (var (name, parameter) in Network.named_parameters())
            parameter.requires_grad = !frozen.Any(start => name.StartsWith(start, StringComparison.Ordinal));
        _parameters = new FlatParameters(Network, letsSlotsWait: letsSlotsWait);

        // Numbers lie in bins, between and outside of them, and one number has fewer bins.
        foreach (var binned in Network.modules().OfType<IBinnedLayer>())
            binned.TakeEdges([.. Enumerable.Range(0, input.QuantityCount).SelectMany(number => Enumerable.Range(0, 7).Select(edge => Math.Min(edge, 6 - number) * 0.4f - 1))]);

        // Nothing is left where it starts: factors that are all 1 and vectors that are 0 would hide what is multiplied by them.
        var random = new Random(4);
        foreach (var (_, parameter) in Network.named_parameters())
        {
            foreach (ref var value in FlatParameters.SpanOf(parameter))
                value += (float)(0.3 * random.NextDouble());
        }

        foreach (var (_, statistic) in Network.named_buffers().Where(named => named.name.Contains("running", StringComparison.Ordinal)))
        {
            foreach (ref var value in FlatParameters.SpanOf(statistic))
                value += (float)(0.3 * random.NextDouble());
        }

        _rows = FloatTensors.Of([.. Enumerable.Range(0, rows).SelectMany(row => Row(input, row, architecture is TransformerArchitecture, random))], rows, input.Width);
        _targets = FloatTensors.Of([.. Enumerable.Range(0, rows * targets).Select(_ => random.NextSingle())], rows, targets);
        _factors = FloatTensors.Of([.. Enumerable.Range(0, rows).Select(row => 0.05f * (1 + row % 3))], rows);
    }

    public Network Network { get; }

    /// <summary>The numbers of all rows.</summary>
    public float[] Rows => _rows.data<float>().ToArray();

    /// <summary>The matrices whose slots wait.</summary>
    public IReadOnlyList<(string Name, SlotMatrix Matrix)> Waiting => _parameters.Waiting;

    /// <summary>Mixes the rows of each step; null for none.</summary>
    public HiddenMixing? Mixing { get; init; }

    /// <summary>How far numbers may differ, as a part of the largest.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Compares outputs at scoring, and loss and gradients of two steps of training.</summary>
    /// <param name="isEachLearning">Whether each parameter has a gradient.</param>
    public void AssertEqual(bool isEachLearning = true)
    {
        Assert.IsNull(Network.Passes);
        (double Loss, Dictionary<string, float[]> Gradients)[] expected;
        float[] outputs;
        Dictionary<string, float[]> statistics;
        using (Network.Statistics.Keep())
        {
            (expected, outputs, statistics) = ([Step(1), Step(2)], Outputs(), Statistics());
            Network.PreparePasses();
            Assert.IsNotNull(Network.Passes);
            AssertNear(outputs, ManagedOutputs(outputs.Length), Tolerance, "outputs");
        }

        // Sums over many rows are rounded more.
        var tolerance = Tolerance * Math.Max(1, _rows.shape[0] / 500.0);
        for (var step = 1UL; step <= 2; step++)
        {
            var ((loss, gradients), computed) = (expected[step - 1], Step(step));
            Assert.AreEqual(loss, computed.Loss, Tolerance * Math.Abs(loss), "loss");
            Assert.HasCount(gradients.Count, computed.Gradients);
            var largest = gradients.Values.Max(gradient => gradient.Max(Math.Abs));
            foreach (var (name, gradient) in gradients)
                AssertNear(gradient, computed.Gradients[name], tolerance, $"{name}, step {step}", largest, isEachLearning && !_skipsBlocks);
        }

        foreach (var (name, values) in statistics)
            AssertNear(values, Statistics()[name], 1e-5, name);

        AssertNear(outputs, ManagedOutputs(outputs.Length), Tolerance, "outputs after training");
    }

    /// <summary>Compares the gradient along random directions with the loss a little further and a little back, by the forward pass alone.</summary>
    public void AssertIsDerivative()
    {
        const float Length = 2e-3f;
        Take(1);
        var (weights, gradient) = (_parameters.WeightSpan.ToArray(), _parameters.GradientSpan.ToArray());
        var random = new Random(9);
        for (var direction = 0; direction < 5; direction++)
        {
            // A quarter of the weights at a time, so that none hides behind all others.
            var way = Array.ConvertAll(weights, _ => random.Next(4) == 0 ? 2 * random.NextSingle() - 1 : 0);
            var (ahead, back) = (LossAt(Length), LossAt(-Length));
            var slope = way.Zip(gradient, (step, own) => (double)step * own).Sum();
            Assert.AreEqual(slope, (ahead - back) / (2 * Length), 2e-3 * Math.Max(1, Math.Abs(slope)), $"direction {direction}");

            double LossAt(float length)
            {
                for (var i = 0; i < weights.Length; i++)
                    _parameters.WeightSpan[i] = weights[i] + length * way[i];
                return Take(1);
            }
        }
    }

    /// <summary>The flat weights after steps of training.</summary>
    public float[] Train(int steps)
    {
        using var optimizer = Optimizer.Adam().CreateUpdate(_parameters, new WeightShrinkage(WeightDecay: 0.01, Proximal: null));
        for (var step = 1; step <= steps; step++)
        {
            Take((ulong)step);
            optimizer.Step(learningRate: 0.003);
        }

        optimizer.BringUpToDate();
        return _parameters.WeightSpan.ToArray();
    }

    /// <summary>The passes of a step; its gradients stay in the parameters.</summary>
    public double Take(ulong step)
    {
        using var pass = Network.Begin(isTraining: true);
        Network.Clock.Step = step;
        _parameters.ClearGradients();
        var (passes, batch) = (new LossPasses(Network, _objective), new TrainingBatch(_rows, _targets, _factors));
        return Mixing is null ? passes.Add(batch) : passes.AddGradient(batch, Mixing);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _targets.Dispose();
        _factors.Dispose();
        _parameters.Dispose();
        Network.Dispose();
    }

    private static IEnumerable<float> Row(InputLayout input, int row, bool isTransformer, Random random) => input.Text is { } text
        ? Text(text, isTransformer, isLongest: isTransformer && row == 0, random)
        : [.. Enumerable.Range(0, input.Numbers).Select(_ => 3 * random.NextSingle() - 1.5f), .. input.KeyValues.Select(values => (float)random.Next(values + 1))];

    // Of any length: a fifth of them has no token, one, or all. Attention needs a token.
    private static IEnumerable<float> Text(TextInput text, bool hasTokens, bool isLongest, Random random)
    {
        var length = random.Next(15) switch { 0 => 0, 1 => 1, 2 => text.MaxLength, _ => random.Next(text.MaxLength + 1) };
        length = isLongest ? text.MaxLength : Math.Max(length, hasTokens ? 1 : 0);
        return Enumerable.Range(0, text.MaxLength).Select(place => place < length ? random.Next(TextInput.Unknown, text.TableSize) : (float)TextInput.Padding);
    }

    // A gradient that is 0 but for rounding, as that of a bias in front of a batch normalization, is so in both; that of a block that is skipped is 0.
    private static void AssertNear(float[] expected, float[] computed, double tolerance, string name, float largestOfAll = 0, bool isNotZero = true)
    {
        Assert.HasCount(expected.Length, computed, name);
        var largest = expected.Max(Math.Abs);
        Assert.IsTrue(!isNotZero || largest > 0, $"{name} is not 0");
        if (largest < 1e-5 * largestOfAll)
            largest = largestOfAll;
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], computed[i], tolerance * largest, $"{name}, element {i}");
    }

    private (double Loss, Dictionary<string, float[]> Gradients) Step(ulong step)
    {
        var loss = Take(step);
        return (loss, Network.named_parameters().Where(named => named.parameter.requires_grad).ToDictionary(named => named.name, named => named.parameter.grad!.data<float>().ToArray()));
    }

    private Dictionary<string, float[]> Statistics() => Network.named_buffers().Where(named => named.name.Contains("running", StringComparison.Ordinal))
        .ToDictionary(named => named.name, named => named.buffer.data<float>().ToArray());

    private float[] Outputs()
    {
        using var pass = Network.Begin(isTraining: false);
        return Network.Outputs(_rows).data<float>().ToArray();
    }

    private float[] ManagedOutputs(int count)
    {
        using var pass = Network.Begin(isTraining: false);
        var outputs = new float[count];
        Assert.IsTrue(ManagedPasses.TryCompute(Network, _rows, outputs));
        return outputs;
    }
}
