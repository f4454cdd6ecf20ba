using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Moves the pixels of an image by an affine map, bilinearly, into an image of the same size. Coordinates are those of pixel centres: x to the right
/// and y down, (0, 0) is the pixel at the top left. All that lies outside of the image is made of pixels of the fill, so that a sample within one
/// pixel of the border blends into it.
/// </summary>
internal static class AffineWarp
{
    /// <param name="image">The layout of both images.</param>
    /// <param name="source">The image to sample.</param>
    /// <param name="result">Receives the new image. It is other memory than <paramref name="source"/>.</param>
    /// <param name="inverse">Maps the centre of each pixel of the result to the point of the source that it shows.</param>
    /// <param name="fill">The value of every number outside of the source.</param>
    public static void Apply(ImageLayout image, ReadOnlySpan<float> source, Span<float> result, in Matrix3x2 inverse, float fill)
    {
        // Both must hold the whole image, for the interior is reached without bounds checks.
        source = source[..image.Size];
        result = result[..image.Size];
        for (var y = 0; y < image.Height; y++)
        {
            var row = new Row(image, inverse, y);
            var visible = row.Visible();
            var interior = row.Interior(visible);
            row.Fill(result, 0, visible.First, fill);
            row.SampleBorder(source, result, visible.First, interior.First, fill);
            row.SampleInterior(ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(result), interior.First, interior.Last);
            row.SampleBorder(source, result, interior.Last, visible.Last, fill);
            row.Fill(result, visible.Last, image.Width, fill);
        }
    }

    /// <summary>Turns the picture counterclockwise about its centre.</summary>
    public static Matrix3x2 RotationAboutCentre(ImageLayout image, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * (Math.PI / 180));
        return AboutCentre(image, cosine, sine, -sine, cosine);
    }

    /// <summary>Moves the picture to the right and down, in pixels.</summary>
    public static Matrix3x2 Translation(double right, double down) => Matrix3x2.CreateTranslation((float)-right, (float)-down);

    /// <summary>
    /// Slants the picture about its centre: a point moves to the left by <paramref name="horizontal"/> times its distance below the centre, and up
    /// by <paramref name="vertical"/> times its distance to the right of it. One of the two is usually 0.
    /// </summary>
    public static Matrix3x2 ShearAboutCentre(ImageLayout image, double horizontal, double vertical) => AboutCentre(image, 1, vertical, horizontal, 1);

    // The linear part in the order of the matrix: what x gives to x and y, then what y gives to them.
    private static Matrix3x2 AboutCentre(ImageLayout image, double xx, double xy, double yx, double yy)
    {
        var (x, y) = ((image.Width - 1) / 2.0, (image.Height - 1) / 2.0);
        return new Matrix3x2((float)xx, (float)xy, (float)yx, (float)yy, (float)(x - xx * x - yx * y), (float)(y - xy * x - yy * y));
    }

    /// <summary>A row of the result: the points of the source that it shows lie on a line.</summary>
    private readonly struct Row(ImageLayout image, in Matrix3x2 inverse, int y)
    {
        private readonly float _startX = y * inverse.M21 + inverse.M31;
        private readonly float _startY = y * inverse.M22 + inverse.M32;
        private readonly float _stepX = inverse.M11;
        private readonly float _stepY = inverse.M12;

        /// <summary>At least the pixels that show something of the source, and few others.</summary>
        public (int First, int Last) Visible()
        {
            var (first, last) = (0.0, (double)image.Width);
            Narrow(_startX, _stepX, -1, image.Width, ref first, ref last);
            Narrow(_startY, _stepY, -1, image.Height, ref first, ref last);
            return ((int)first, (int)last);
        }

        /// <summary>Those of the visible pixels that lie among four of the source.</summary>
        public (int First, int Last) Interior((int First, int Last) visible)
        {
            var (first, last) = ((double)visible.First, (double)visible.Last);
            Narrow(_startX, _stepX, 0, image.Width - 1, ref first, ref last);
            Narrow(_startY, _stepY, 0, image.Height - 1, ref first, ref last);

            // The range may be one too wide. Coordinates are monotonic along a row, so if both ends are inside, all places between them are.
            var (from, to) = ((int)first, (int)last);
            while (from < to && !IsInterior(from))
                from++;
            while (from < to && !IsInterior(to - 1))
                to--;
            return from < to ? (from, to) : (visible.First, visible.First);
        }

        public void Fill(Span<float> result, int first, int last, float fill)
        {
            if (first == last)
                return;
            for (var plane = 0; plane < image.Planes; plane++)
                result.Slice(image.Row(plane, y) + first * image.PixelSize, (last - first) * image.PixelSize).Fill(fill);
        }

        public void SampleInterior(ref float source, ref float result, int first, int last)
        {
            // Locals stay in registers. Channels are planes, or the numbers of a pixel.
            var (startX, startY, stepX, stepY) = (_startX, _startY, _stepX, _stepY);
            var (rowLength, pixelSize) = (image.RowLength, image.PixelSize);
            var (channels, stride) = pixelSize == 1 ? (image.Planes, image.Height * rowLength) : (pixelSize, 1);
            for (var x = first; x < last; x++)
            {
                var (sourceX, sourceY) = (startX + x * stepX, startY + x * stepY);
                var (left, top) = (float.ConvertToIntegerNative<int>(sourceX), float.ConvertToIntegerNative<int>(sourceY));
                var (shareRight, shareBottom) = (sourceX - left, sourceY - top);
                var (shareLeft, shareTop) = (1 - shareRight, 1 - shareBottom);
                var (topLeft, topRight) = (shareTop * shareLeft, shareTop * shareRight);
                var (bottomLeft, bottomRight) = (shareBottom * shareLeft, shareBottom * shareRight);

                var (corner, pixel) = (top * rowLength + left * pixelSize, y * rowLength + x * pixelSize);
                for (var channel = 0; channel < channels; channel++)
                {
                    ref var above = ref Unsafe.Add(ref source, corner);
                    ref var below = ref Unsafe.Add(ref above, rowLength);
                    Unsafe.Add(ref result, pixel) = topLeft * above + topRight * Unsafe.Add(ref above, pixelSize)
                        + (bottomLeft * below + bottomRight * Unsafe.Add(ref below, pixelSize));
                    corner += stride;
                    pixel += stride;
                }
            }
        }

        public void SampleBorder(ReadOnlySpan<float> source, Span<float> result, int first, int last, float fill)
        {
            for (var x = first; x < last; x++)
            {
                var (sourceX, sourceY) = (_startX + x * _stepX, _startY + x * _stepY);
                var (floorX, floorY) = (MathF.Floor(sourceX), MathF.Floor(sourceY));
                var (left, top) = ((int)floorX, (int)floorY);
                var (shareRight, shareBottom) = (sourceX - floorX, sourceY - floorY);
                for (var plane = 0; plane < image.Planes; plane++)
                {
                    for (var i = 0; i < image.PixelSize; i++)
                    {
                        var above = (1 - shareRight) * At(source, plane, top, left, i, fill) + shareRight * At(source, plane, top, left + 1, i, fill);
                        var below = (1 - shareRight) * At(source, plane, top + 1, left, i, fill) + shareRight * At(source, plane, top + 1, left + 1, i, fill);
                        result[image.Row(plane, y) + x * image.PixelSize + i] = (1 - shareBottom) * above + shareBottom * below;
                    }
                }
            }
        }

        /// <summary>Keeps the pixels whose coordinate lies between two bounds, and at most two more on each side.</summary>
        private static void Narrow(float start, float step, int low, int high, ref double first, ref double last)
        {
            var isAway = step == 0 && (start < low || start > high);
            if (isAway || !float.IsFinite(start) || !float.IsFinite(step))
                last = first;
            if (first == last || step == 0)
                return;

            var (atLow, atHigh) = ((low - (double)start) / step, (high - (double)start) / step);
            first = Math.Clamp(Math.Floor(Math.Min(atLow, atHigh)), first, last);
            last = Math.Clamp(Math.Ceiling(Math.Max(atLow, atHigh)) + 1, first, last);
        }

        private bool IsInterior(int x)
        {
            var (sourceX, sourceY) = (_startX + x * _stepX, _startY + x * _stepY);
            return sourceX >= 0 && sourceX < image.Width - 1 && sourceY >= 0 && sourceY < image.Height - 1;
        }

        private float At(ReadOnlySpan<float> source, int plane, int sourceY, int sourceX, int channel, float fill) =>
            (uint)sourceX < (uint)image.Width && (uint)sourceY < (uint)image.Height
                ? source[image.Row(plane, sourceY) + sourceX * image.PixelSize + channel]
                : fill;
    }
}
