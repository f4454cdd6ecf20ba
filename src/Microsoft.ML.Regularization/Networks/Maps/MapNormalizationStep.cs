using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A normalization of maps that is not in the kernels before it: see <see cref="Normalizations.OfMaps"/>.</summary>
/// <param name="normalization">Of a place's numbers where it is affine; else all numbers of an image have one mean and variance.</param>
/// <param name="inputs">The size of the maps before it.</param>
internal sealed class MapNormalizationStep(NormalizationFunction normalization, MapSize inputs) : MapStep(inputs)
{
    protected override void Compute(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        for (var image = 0; image < input.Images; image++)
        {
            Span<float> from = Numbers(input, image), to = Numbers(output, image);
            if (!normalization.IsAffine)
            {
                TensorPrimitives.Subtract(from, TensorPrimitives.Sum<float>(from) / from.Length, to);
                TensorPrimitives.Divide(to, MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(to) / to.Length + normalization.Epsilon), to);
                from = to;
            }

            for (var place = 0; place < from.Length; place += input.Channels)
                TensorPrimitives.MultiplyAdd(from.Slice(place, input.Channels), normalization.Scale, normalization.Shift, to.Slice(place, input.Channels));
        }
    }
}
