using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Maps of another height and width: see <see cref="FeatureMaps.Resized"/>.</summary>
/// <param name="side">Both.</param>
/// <param name="inputs">The size of the maps before it.</param>
internal sealed class ResizeStep(int side, MapSize inputs) : MapStep(inputs with { Height = side, Width = side })
{
    protected override void Compute(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        for (var y = 0; y < side; y++)
        {
            var (above, below, down) = Between(y, input.Height);
            for (var x = 0; x < side; x++)
            {
                var (left, right, along) = Between(x, input.Width);
                for (var image = 0; image < input.Images; image++)
                {
                    Span<float> first = Place(input, image, above, left), second = Place(input, image, above, right);
                    Span<float> third = Place(input, image, below, left), fourth = Place(input, image, below, right);
                    var result = Place(output, image, y, x);
                    for (var channel = 0; channel < result.Length; channel++)
                    {
                        var (high, low) = (float.Lerp(first[channel], second[channel], along), float.Lerp(third[channel], fourth[channel], along));
                        result[channel] = float.Lerp(high, low, down);
                    }
                }
            }
        }
    }

    // The two places that a new one's center lies between, and how far it is from the first.
    private (int First, int Second, float Share) Between(int place, int length)
    {
        var center = Math.Max(0, (place + 0.5f) * length / side - 0.5f);
        var first = Math.Min((int)center, length - 1);
        return (first, Math.Min(first + 1, length - 1), center - first);
    }
}
