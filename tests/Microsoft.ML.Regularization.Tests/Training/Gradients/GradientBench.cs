using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Gradients;

/// <summary>A network whose gradients can be taken and looked at, step by step.</summary>
internal sealed class GradientBench : IDisposable
{
    private readonly torch.Tensor _features;
    private readonly torch.Tensor _targets;
    private readonly torch.Tensor _factors;

    /// <param name="architecture">Of the network.</param>
    /// <param name="objective">Its loss.</param>
    /// <param name="features">Rows of features.</param>
    /// <param name="targets">Rows of targets; 2 numbers in a row with one output are those of a binary task.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="recipe">Gives the noise.</param>
    /// <param name="useSpans">See <see cref="FlatParameters"/>.</param>
    public GradientBench(
        MlpArchitecture architecture, Objective objective, float[][] features, float[][] targets, int outputs, RegularizationRecipe? recipe = null, bool? useSpans = null)
    {
        Architecture = architecture;
        Objective = objective;
        Recipe = recipe ?? RegularizationRecipe.None;
        Network = architecture.CreateNetwork(features[0].Length, outputs, new NetworkBuilder(Recipe, RandomKey.FromSeed(6)));
        Parameters = new FlatParameters(Network, useSpans);
        var rows = features.Length;
        _features = FloatTensors.Of([.. features.SelectMany(row => row)], rows, features[0].Length);
        _targets = FloatTensors.Of([.. targets.SelectMany(row => row)], rows, targets[0].Length);
        _factors = FloatTensors.Of([.. Enumerable.Range(0, rows).Select(FactorOf)], rows);
    }

    public MlpArchitecture Architecture { get; }

    public Objective Objective { get; }

    public RegularizationRecipe Recipe { get; }

    public Network Network { get; }

    public FlatParameters Parameters { get; }

    public LossPasses Passes => new(Network, Objective);

    public TrainingBatch Batch => new(_features, _targets, _factors);

    /// <summary>Rows of three classes that a perceptron can learn.</summary>
    public static GradientBench OfClasses(MlpArchitecture architecture, RegularizationRecipe? recipe = null, Objective? objective = null)
    {
        var rows = Example.Clusters(9);
        return new GradientBench(
            architecture, objective ?? new CrossEntropyObjective(), [.. rows.Select(row => row.Features)], [.. rows.Select(row => row.Soft)], 3, recipe);
    }

    /// <summary>Rows differ in weight, as examples do.</summary>
    public static float FactorOf(int row) => 0.05f * (1 + row % 3);

    public ILossGradient Create(RegularizationRecipe recipe, FineTuning? tuning = null) =>
        GradientChain.Of(new LossPasses(Network, Objective, recipe), Parameters, recipe, Architecture.MixableStates, RandomKey.FromSeed(8), tuning);

    /// <summary>The loss and the flat gradient of a training step.</summary>
    public (double Loss, float[] Gradient) Take(ILossGradient gradient, ulong step = 1)
    {
        using var pass = Network.Begin(isTraining: true);
        Network.Clock.Step = step;
        Parameters.ClearGradients();
        return (gradient.Add(Batch), Parameters.GradientSpan.ToArray());
    }

    public (double Loss, float[] Gradient) Take(RegularizationRecipe recipe, ulong step = 1) => Take(Create(recipe), step);

    public float[] Statistics() =>
        [.. Network.named_buffers().Where(buffer => buffer.name.Contains("running")).SelectMany(buffer => buffer.buffer.data<float>().ToArray())];

    public void Dispose()
    {
        _features.Dispose();
        _targets.Dispose();
        _factors.Dispose();
        Parameters.Dispose();
        Network.Dispose();
    }
}
