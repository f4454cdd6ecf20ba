namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

/// <summary>
/// A linear network of one output, whose weights and gradients tests set themselves: the first <c>inputs</c> numbers of the flat tensors are its matrix.
/// </summary>
internal sealed class LinearNetwork : IDisposable
{
    private readonly Network _network;
    private readonly int _inputs;
    private readonly ParameterUpdate _update;

    public LinearNetwork(float[] weights, Optimizer optimizer, RegularizationRecipe recipe, bool useSpans = true)
    {
        _inputs = weights.Length;
        _network = NetworkArchitecture.Mlp().CreateNetwork(_inputs, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        Parameters = new FlatParameters(_network, useSpans);
        _update = optimizer.CreateUpdate(Parameters, WeightShrinkage.Of(recipe));
        weights.CopyTo(Parameters.WeightSpan);
    }

    public FlatParameters Parameters { get; }

    public Span<float> Weights => Parameters.WeightSpan[.._inputs];

    public Span<float> Gradients => Parameters.GradientSpan[.._inputs];

    public void Step(float[] gradients, double learningRate)
    {
        gradients.CopyTo(Gradients);
        _update.Step(learningRate);
    }

    /// <summary>A step with what is in <see cref="Gradients"/>.</summary>
    public void Step(double learningRate) => _update.Step(learningRate);

    public void Dispose()
    {
        _update.Dispose();
        Parameters.Dispose();
        _network.Dispose();
    }
}
