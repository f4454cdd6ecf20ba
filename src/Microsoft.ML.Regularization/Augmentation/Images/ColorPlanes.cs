using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// An image to work on, whatever its order of channels and its scale: one plane for each channel, red, green and blue or grey alone, from 0 (black)
/// to 255 (white). Transparency, if any, is the last plane.
/// </summary>
internal sealed class ColorPlanes
{
    private readonly ImageLayout _image;
    private readonly Scaling[] _scalings;
    private float[] _values;
    private float[] _spare;

    public ColorPlanes(ImageLayout image, PixelScale scale)
    {
        _image = image;
        var channels = image.Planes * image.PixelSize;
        Layout = new ImageLayout(channels, image.Height, image.Width, 1);
        Colors = ColorsOf(channels);
        _scalings = [.. Enumerable.Range(0, channels).Select(plane => Scaling.Of(scale, ChannelOf(plane), channels))];
        _values = new float[image.Size];
        _spare = new float[image.Size];
        Grey = new float[PlaneSize];
    }

    /// <summary>How the planes lie in <see cref="Values"/>.</summary>
    public ImageLayout Layout { get; }

    /// <summary>The planes that are colors or grey; all but transparency.</summary>
    public int Colors { get; }

    public int PlaneSize => Layout.Height * Layout.Width;

    /// <summary>All planes.</summary>
    public Span<float> Values => _values;

    /// <summary>All planes of colors, which come before transparency.</summary>
    public Span<float> ColorValues => _values.AsSpan(0, Colors * PlaneSize);

    /// <summary>As large as <see cref="Values"/>; its content is of no meaning until <see cref="Swap"/>.</summary>
    public Span<float> Spare => _spare;

    /// <summary>Memory for one plane.</summary>
    public float[] Grey { get; }

    /// <summary>How many of so many channels are colors. Four are transparency and three colors.</summary>
    public static int ColorsOf(int channels) => channels == 4 ? 3 : channels;

    public Span<float> Plane(int plane) => _values.AsSpan(plane * PlaneSize, PlaneSize);

    /// <summary>Puts what was written into <see cref="Spare"/> in the place of the planes.</summary>
    public void Swap() => (_values, _spare) = (_spare, _values);

    public void Load(ReadOnlySpan<float> source)
    {
        for (var plane = 0; plane < Layout.Planes; plane++)
        {
            var values = Plane(plane);
            var (factor, shift) = (_scalings[plane].Factor, _scalings[plane].Shift);
            var channel = ChannelOf(plane);
            if (_image.PixelSize == 1)
            {
                ColorKernels.Scale(source.Slice(channel * PlaneSize, PlaneSize), factor, shift, values);
                continue;
            }

            for (int i = 0, from = channel; i < values.Length; i++, from += _image.PixelSize)
                values[i] = source[from] * factor + shift;
        }
    }

    public void Store(Span<float> result)
    {
        for (var plane = 0; plane < Layout.Planes; plane++)
        {
            var values = Plane(plane);
            var (factor, shift) = (_scalings[plane].BackFactor, _scalings[plane].BackShift);
            var channel = ChannelOf(plane);
            if (_image.PixelSize == 1)
            {
                ColorKernels.Scale(values, factor, shift, result.Slice(channel * PlaneSize, PlaneSize));
                continue;
            }

            for (int i = 0, to = channel; i < values.Length; i++, to += _image.PixelSize)
                result[to] = values[i] * factor + shift;
        }
    }

    // ExtractPixels gives transparency before the colors.
    private int ChannelOf(int plane) => Layout.Planes == Colors ? plane : (plane + 1) % Layout.Planes;

    private readonly record struct Scaling(float Factor, float Shift, float BackFactor, float BackShift)
    {
        public static Scaling Of(PixelScale scale, int channel, int channels)
        {
            var (factor, shift) = scale.ToByte(channel, channels);
            return new Scaling((float)factor, (float)shift, (float)(1 / factor), (float)(-shift / factor));
        }
    }
}
