using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>The average of a network's weights: see <see cref="WeightAveraging"/>.</summary>
internal sealed class WeightAverage(WeightAveraging options, FlatParameters parameters) : IDisposable
{
    private readonly Tensor _average = zeros_like(parameters.Weights).DetachFromDisposeScope();
    private long _updates;

    /// <summary>Takes in the weights after a step.</summary>
    public void Update()
    {
        var decay = DecayOf(_updates++, options.Decay);
        if (parameters.UsesSpans)
        {
            Update(FlatParameters.SpanOf(_average), parameters.WeightSpan, decay);
            return;
        }

        using var _ = no_grad();
        Update(_average, parameters.Weights, decay);
    }

    /// <summary>Gives the network the average until disposed, and its own weights back then.</summary>
    public Exchange Use() => new(this);

    public void Dispose() => _average.Dispose();

    /// <param name="updates">Updates before this one: the first one copies.</param>
    /// <param name="decay">See <see cref="WeightAveraging.Decay"/>.</param>
    internal static double DecayOf(long updates, double decay) => updates == 0 ? 0 : Math.Min(decay, (1.0 + updates) / (10.0 + updates));

    internal static void Update(Span<float> average, ReadOnlySpan<float> weights, double decay) =>
        TensorPrimitives.Lerp(weights, average, (float)decay, average);

    internal static void Update(Tensor average, Tensor weights, double decay) => average.mul_(decay).add_(weights, alpha: 1 - decay);

    private void Swap()
    {
        if (_updates == 0)
            return;

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var weights = parameters.Weights.clone();
        parameters.Weights.copy_(_average);
        _average.copy_(weights);
    }

    internal readonly struct Exchange : IDisposable
    {
        private readonly WeightAverage _owner;

        public Exchange(WeightAverage owner)
        {
            _owner = owner;
            owner.Swap();
        }

        public void Dispose() => _owner.Swap();
    }
}
