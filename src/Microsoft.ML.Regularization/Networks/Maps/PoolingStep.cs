using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The largest, or the mean, of squares of places: see <see cref="PoolingDescription"/> and <see cref="OverlappingPoolDescription"/>.</summary>
internal sealed class PoolingStep : MapStep
{
    private const int Stride = 2;

    private readonly int _size;
    private readonly int _rim;
    private readonly bool _takesMean;

    private PoolingStep(int size, int rim, bool takesMean, MapSize outputs)
        : base(outputs) => (_size, _rim, _takesMean) = (size, rim, takesMean);

    /// <summary>Of 2 x 2 places each; what is left over at the end is left out.</summary>
    public static PoolingStep Of(Pooling pooling, MapSize inputs) =>
        new(size: 2, rim: 0, pooling == Pooling.Average, inputs with { Height = inputs.Height / Stride, Width = inputs.Width / Stride });

    /// <summary>The largest of 3 x 3 places around every second one.</summary>
    public static PoolingStep Overlapping(MapSize inputs) => new(size: 3, rim: 1, takesMean: false, inputs.Every(Stride));

    protected override void Compute(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        for (var image = 0; image < output.Images; image++)
        {
            for (var y = 0; y < output.Height; y++)
            {
                for (var x = 0; x < output.Width; x++)
                    Compute(input, image, y * Stride - _rim, x * Stride - _rim, Place(output, image, y, x));
            }
        }
    }

    private void Compute(ImageMaps input, int image, int top, int left, Span<float> result)
    {
        var isFirst = true;
        for (var y = Math.Max(0, top); y < Math.Min(top + _size, input.Height); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(left + _size, input.Width); x++)
            {
                var place = Place(input, image, y, x);
                if (isFirst)
                    place.CopyTo(result);
                else if (_takesMean)
                    TensorPrimitives.Add(result, place, result);
                else
                    TensorPrimitives.Max(result, place, result);
                isFirst = false;
            }
        }

        if (_takesMean)
            TensorPrimitives.Multiply(result, 1f / (_size * _size), result);
    }
}
