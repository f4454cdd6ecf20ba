using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The noise of one layer in one pass of Monte-Carlo prediction. It is drawn when it is made and the same for every row. A kind of dropout overrides
/// what it changes, and is named in <see cref="Create"/>.
/// </summary>
internal abstract class LayerNoise
{
    /// <summary>The noise of the recipe's dropout; null where it has none.</summary>
    public static LayerNoise? Create(TrainedNetwork network, ScoringLayer layer, RandomKey key, ulong pass) => network.Recipe.Dropout switch
    {
        null or StandardDropout { DropProbability: 0 } or GaussianDropout { DropProbability: 0 } => null,
        StandardDropout dropout => MultiplicativeNoise.Of(dropout, layer.Outputs, key, pass),
        GaussianDropout dropout => MultiplicativeNoise.Of(dropout, layer.Outputs, key, pass),
        var other => throw new ArgumentOutOfRangeException(nameof(network), other, message: null),
    };

    /// <summary>Changes what the linear layer gives, before normalization that is not folded into its weights.</summary>
    /// <param name="input">The layer's input.</param>
    /// <param name="sums">One value for each unit.</param>
    public virtual void ChangeSums(ReadOnlySpan<float> input, Span<float> sums)
    {
    }

    /// <summary>Changes the layer's output, after the activation.</summary>
    /// <param name="units">One value for each unit.</param>
    public virtual void ChangeUnits(Span<float> units)
    {
    }
}

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
