using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>See <see cref="AlphaDropout"/>: the same numbers as its layer takes while training.</summary>
internal sealed class AlphaNoise : LayerNoise
{
    private readonly float[] _factors;
    private readonly float _shift;

    public AlphaNoise(AlphaDropout dropout, int units, RandomKey key, ulong pass)
    {
        var (slope, keep) = Selu.Affine(dropout);
        _factors = new float[units];
        BernoulliMask.Fill(_factors, key, pass, 1 - dropout.DropProbability);
        TensorPrimitives.Multiply(_factors, (float)(slope * keep), _factors);
        _shift = (float)(slope * keep * Selu.LowestValue);
    }

    public override void ChangeUnits(Span<float> units)
    {
        TensorPrimitives.Subtract(units, (float)Selu.LowestValue, units);
        TensorPrimitives.Multiply(units, _factors, units);
        TensorPrimitives.Add(units, _shift, units);
    }
}
