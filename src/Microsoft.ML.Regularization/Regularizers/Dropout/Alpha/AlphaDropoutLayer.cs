using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The layer that applies <see cref="AlphaDropout"/> while training.</summary>
internal sealed class AlphaDropoutLayer : MultiplicativeNoiseLayer
{
    private readonly AlphaDropout _options;
    private readonly RandomKey _key;
    private readonly double _keep;
    private readonly double _slope;

    public AlphaDropoutLayer(AlphaDropout options, RandomKey key, TrainingClock clock, params int[] shared)
        : base(nameof(AlphaDropoutLayer), clock, shared)
    {
        _options = options;
        _key = key;
        (_slope, _keep) = Selu.Affine(options);
    }

    /// <summary>The paper's a where a unit is kept, and 0 where it is dropped.</summary>
    public override bool HasPlainFactors => false;

    protected override void Fill(Span<float> noise, ulong step)
    {
        BernoulliMask.Fill(noise, _key, step, 1 - _options.DropProbability);
        TensorPrimitives.Multiply(noise, (float)(_slope * _keep), noise);
    }

    // Relative to the value of dropped units, dropping is multiplication by 0; the remaining part of b is added to all.
    protected override Tensor Apply(Tensor input, Tensor noise) =>
        (input.Minus(Selu.LowestValue) * noise).Plus(_slope * _keep * Selu.LowestValue);
}
