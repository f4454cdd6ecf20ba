using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Pixels from <c>Left</c> and <c>Top</c> up to, and without, <c>Right</c> and <c>Bottom</c>.</summary>
internal readonly record struct ImageRectangle(int Left, int Top, int Right, int Bottom)
{
    public int Area => (Right - Left) * (Bottom - Top);

    /// <summary>A rectangle whose centre is any pixel with equal probability, clipped at the image's border.</summary>
    public static ImageRectangle AroundRandomCentre(ImageLayout image, int height, int width, ref KeyedStream random)
    {
        var top = (int)random.NextInt64(image.Height) - height / 2;
        var left = (int)random.NextInt64(image.Width) - width / 2;
        return new ImageRectangle(
            Math.Max(left, 0), Math.Max(top, 0), Math.Min(left + width, image.Width), Math.Min(top + height, image.Height));
    }

    public void Copy(ImageLayout image, ReadOnlySpan<float> source, Span<float> destination)
    {
        var length = (Right - Left) * image.PixelSize;
        for (var plane = 0; plane < image.Planes; plane++)
        {
            for (var y = Top; y < Bottom; y++)
            {
                var start = image.Row(plane, y) + Left * image.PixelSize;
                source.Slice(start, length).CopyTo(destination[start..]);
            }
        }
    }

    public void Fill(ImageLayout image, Span<float> destination, float value)
    {
        var length = (Right - Left) * image.PixelSize;
        for (var plane = 0; plane < image.Planes; plane++)
        {
            for (var y = Top; y < Bottom; y++)
                destination.Slice(image.Row(plane, y) + Left * image.PixelSize, length).Fill(value);
        }
    }
}
