using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The layer that applies <see cref="AlphaDropout"/> while training.</summary>
internal sealed class AlphaDropoutLayer(AlphaDropout options, RandomKey key, TrainingClock clock, params int[] shared)
    : MultiplicativeNoiseLayer(nameof(AlphaDropoutLayer), clock, shared)
{
    /// <summary>The paper's a where a unit is kept, and 0 where it is dropped.</summary>
    public override bool HasPlainFactors => false;

    public override (float Before, float Behind) Offsets
    {
        get
        {
            var (slope, keep) = Selu.Affine(options, Clock.DropoutFactor);
            return ((float)Selu.LowestValue, (float)(slope * keep * Selu.LowestValue));
        }
    }

    protected override void Fill(Span<float> noise, int first, ulong step)
    {
        var (slope, keep) = Selu.Affine(options, Clock.DropoutFactor);
        BernoulliMask.Fill(noise, key, step, 1 - options.DropProbability * Clock.DropoutFactor, first);
        TensorPrimitives.Multiply(noise, (float)(slope * keep), noise);
    }

    // Relative to the value of dropped units, dropping is multiplication by 0; the remaining part of b is added to all.
    protected override Tensor Apply(Tensor input, Tensor noise)
    {
        var (slope, keep) = Selu.Affine(options, Clock.DropoutFactor);
        return (input.Minus(Selu.LowestValue) * noise).Plus(slope * keep * Selu.LowestValue);
    }
}
