using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The source of the noise of one network's layers: each layer has its own key, and all share one clock.</summary>
/// <param name="key">Of the network.</param>
/// <param name="clock">Tells the step.</param>
internal sealed class NoiseSource(RandomKey key, TrainingClock clock)
{
    private ulong _layers;

    /// <summary>That of the network.</summary>
    public RandomKey Key => key;

    public TrainingClock Clock => clock;

    /// <summary>Whether any layer has taken a key.</summary>
    public bool IsUsed => _layers > 0;

    /// <summary>The key of the next layer with noise.</summary>
    public RandomKey NextKey() => key.Derive("noise").Derive(_layers++);
}
