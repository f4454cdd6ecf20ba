using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Rectangles inside of an image, of a random share of its area and a random ratio of width to height: shares are uniform, and so are the logarithms
/// of ratios, so that a ratio is as probable as its inverse.
/// </summary>
internal sealed class RandomRectangle(double minScale, double maxScale, double minRatio, double maxRatio)
{
    private const int Attempts = 10;

    private readonly double _minLogRatio = Math.Log(minRatio);
    private readonly double _logRatioRange = Math.Log(maxRatio) - Math.Log(minRatio);

    /// <summary>Checks the options of augmentations that draw rectangles.</summary>
    public static void Validate(IExceptionContext context, double minScale, double maxScale, double minRatio, double maxRatio)
    {
        context.CheckAboveZeroToOne(minScale, "MinScale");
        context.CheckBetween(maxScale, "MaxScale", minScale, 1);
        context.CheckAbove(minRatio, "MinRatio", 0);
        context.CheckAtLeast(maxRatio, "MaxRatio", minRatio);
    }

    /// <summary>Draws sides until they fit into the image, then a place, each being equally probable.</summary>
    /// <returns>Whether one of ten draws fitted.</returns>
    public bool TryDraw(ImageLayout image, ref KeyedStream random, out ImageRectangle rectangle)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (minScale + random.NextDouble() * (maxScale - minScale)) * image.Height * image.Width;
            var ratio = Math.Exp(_minLogRatio + random.NextDouble() * _logRatioRange);
            var (width, height) = (Math.Round(Math.Sqrt(area * ratio)), Math.Round(Math.Sqrt(area / ratio)));
            if (!(width >= 1 && width <= image.Width && height >= 1 && height <= image.Height))
                continue;

            var left = (int)random.NextInt64(image.Width - (int)width + 1);
            var top = (int)random.NextInt64(image.Height - (int)height + 1);
            rectangle = new ImageRectangle(left, top, left + (int)width, top + (int)height);
            return true;
        }

        rectangle = default;
        return false;
    }
}
