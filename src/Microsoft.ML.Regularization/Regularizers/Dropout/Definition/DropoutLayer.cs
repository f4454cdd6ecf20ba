using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Inverted dropout: see <see cref="StandardDropout"/>.</summary>
internal sealed class DropoutLayer(StandardDropout options, RandomKey key, TrainingClock clock, params int[] shared)
    : MultiplicativeNoiseLayer(nameof(DropoutLayer), clock, shared)
{
    protected override void Fill(Span<float> noise, int first, ulong step) => options.Fill(noise, key, step, Clock.DropoutFactor, first);
}
