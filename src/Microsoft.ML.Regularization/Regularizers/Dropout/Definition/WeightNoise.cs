using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// Noise on weights, drawn on each unit's input: normal numbers of variance <c>sum_i var(w_i) x_i^2</c>. For variational dropout that is its training's
/// own noise; for <see cref="DropConnect"/>, whose masks are too many to keep, it is the paper's approximation of it.
/// </summary>
internal sealed class WeightNoise : LayerNoise
{
    private readonly float[] _variance;
    private readonly float[] _normal;

    /// <param name="variance">(out, in): of each weight; the same in all passes.</param>
    /// <param name="units">Outputs of the layer.</param>
    /// <param name="key">Of the layer.</param>
    /// <param name="pass">Of the prediction.</param>
    public WeightNoise(float[] variance, int units, RandomKey key, ulong pass)
    {
        _variance = variance;
        _normal = new float[units];
        GaussianNoise.Fill(_normal, key, pass, mean: 0, deviation: 1);
    }

    public override void ChangeSums(ReadOnlySpan<float> input, Span<float> sums)
    {
        var rented = ArrayPool<float>.Shared.Rent(input.Length);
        var squares = rented.AsSpan(0, input.Length);
        TensorPrimitives.Multiply(input, input, squares);
        for (var unit = 0; unit < sums.Length; unit++)
            sums[unit] += _normal[unit] * MathF.Sqrt(TensorPrimitives.Dot<float>(squares, _variance.AsSpan(unit * input.Length, input.Length)));
        ArrayPool<float>.Shared.Return(rented);
    }
}
