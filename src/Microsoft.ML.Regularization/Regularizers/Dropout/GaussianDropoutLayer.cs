namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="GaussianDropout"/>.</summary>
internal sealed class GaussianDropoutLayer(GaussianDropout options, RandomKey key, TrainingClock clock, params int[] shared)
    : MultiplicativeNoiseLayer(nameof(GaussianDropoutLayer), clock, shared)
{
    protected override void Fill(Span<float> noise, ulong step) =>
        GaussianNoise.Fill(noise, key, step, mean: 1, deviation: Math.Sqrt(options.DropProbability / (1 - options.DropProbability)));
}
