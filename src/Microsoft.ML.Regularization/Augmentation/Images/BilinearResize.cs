using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Enlarges a rectangle of an image to the size of the image, bilinearly. Edges meet edges: pixel i of n shows the point (i + 1/2) m / n - 1/2 of the
/// rectangle's m pixels, and beyond the centre of its outermost pixels there is no other value than theirs.
/// </summary>
internal sealed class BilinearResize(ImageLayout image)
{
    // For each number of a row of the result: two of the rectangle's row, and the share of the second.
    private readonly int[] _left = new int[image.RowLength];
    private readonly int[] _right = new int[image.RowLength];
    private readonly float[] _share = new float[image.RowLength];
    private readonly float[] _row = new float[image.RowLength];

    /// <param name="rectangle">The part of the source to enlarge, at least one pixel.</param>
    /// <param name="source">The image.</param>
    /// <param name="result">Receives the new image. It is other memory than <paramref name="source"/>.</param>
    public void Apply(ImageRectangle rectangle, ReadOnlySpan<float> source, Span<float> result)
    {
        PlanColumns(rectangle.Right - rectangle.Left);
        var height = rectangle.Bottom - rectangle.Top;
        var row = _row.AsSpan(0, (rectangle.Right - rectangle.Left) * image.PixelSize);
        for (var y = 0; y < image.Height; y++)
        {
            var (top, bottom, share) = Neighbours(y, image.Height, height);
            for (var plane = 0; plane < image.Planes; plane++)
            {
                var above = source.Slice(image.Row(plane, rectangle.Top + top) + rectangle.Left * image.PixelSize, row.Length);
                var below = source.Slice(image.Row(plane, rectangle.Top + bottom) + rectangle.Left * image.PixelSize, row.Length);
                TensorPrimitives.Lerp(above, below, share, row);
                EnlargeRow(row, result.Slice(image.Row(plane, y), image.RowLength));
            }
        }
    }

    private static (int First, int Second, float Share) Neighbours(int place, int size, int sourceSize)
    {
        var point = Math.Clamp((place + 0.5) * sourceSize / size - 0.5, 0, sourceSize - 1);
        var first = (int)point;
        return (first, Math.Min(first + 1, sourceSize - 1), (float)(point - first));
    }

    private void PlanColumns(int width)
    {
        for (var x = 0; x < image.Width; x++)
        {
            var (left, right, share) = Neighbours(x, image.Width, width);
            for (var i = 0; i < image.PixelSize; i++)
            {
                var number = x * image.PixelSize + i;
                _left[number] = left * image.PixelSize + i;
                _right[number] = right * image.PixelSize + i;
                _share[number] = share;
            }
        }
    }

    private void EnlargeRow(ReadOnlySpan<float> row, Span<float> result)
    {
        var left = _left.AsSpan(0, result.Length);
        var right = _right.AsSpan(0, result.Length);
        var share = _share.AsSpan(0, result.Length);
        for (var i = 0; i < result.Length; i++)
            result[i] = (1 - share[i]) * row[left[i]] + share[i] * row[right[i]];
    }
}
