using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>Multiplies units by the numbers that the dropout kind's layer draws while training.</summary>
internal sealed class MultiplicativeNoise(float[] factors) : LayerNoise
{
    public static MultiplicativeNoise Of(StandardDropout dropout, int units, RandomKey key, ulong pass)
    {
        var factors = new float[units];
        BernoulliMask.Fill(factors, key, pass, 1 - dropout.DropProbability);
        return new MultiplicativeNoise(factors);
    }

    public static MultiplicativeNoise Of(GaussianDropout dropout, int units, RandomKey key, ulong pass)
    {
        var factors = new float[units];
        GaussianNoise.Fill(factors, key, pass, mean: 1, deviation: Math.Sqrt(dropout.DropProbability / (1 - dropout.DropProbability)));
        return new MultiplicativeNoise(factors);
    }

    public override void ChangeUnits(Span<float> units) => TensorPrimitives.Multiply(units, factors, units);
}
