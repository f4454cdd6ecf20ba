using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The layer that applies <see cref="GaussianDropout"/> while training.</summary>
internal sealed class GaussianDropoutLayer(GaussianDropout options, RandomKey key, TrainingClock clock, params int[] shared)
    : MultiplicativeNoiseLayer(nameof(GaussianDropoutLayer), clock, shared)
{
    protected override void Fill(Span<float> noise, int first, ulong step) => options.Fill(noise, key, step, Clock.DropoutFactor, first);
}
