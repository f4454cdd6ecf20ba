using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Makes another image of an ML.NET image, for one cursor: keeps the operations and the memory for the sizes that it met.</summary>
internal sealed class MLImageChange(IExceptionContext context, ImageAugmentationOptions options)
{
    private const int Colors = 3;
    private const int BytesOfPixel = 4;

    // Operations keep memory of the images' size; photographs may come in any number of sizes.
    private const int MostPixelsKept = 1 << 21;

    private readonly Dictionary<(int Height, int Width), ImageOperation> _operations = [];
    private int _pixelsKept;
    private float[] _source = [];
    private float[] _result = [];
    private byte[] _bytes = [];

    public static ImageShape ShapeOf(int height, int width) => new(height, width, Colors, ChannelOrder.ChannelsLast);

    public static MLImage Copy(MLImage source) => WithTag(source, source.Pixels);

    public MLImage Apply(MLImage source, ref KeyedStream random)
    {
        var operation = OperationFor(source.Height, source.Width);
        var pixels = source.Pixels;
        var count = source.Height * source.Width;
        if (_source.Length < count * Colors)
        {
            _source = new float[count * Colors];
            _result = new float[count * Colors];
            _bytes = new byte[count * BytesOfPixel];
        }

        var (red, blue) = source.PixelFormat == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        for (int pixel = 0, color = 0; pixel < count * BytesOfPixel; pixel += BytesOfPixel, color += Colors)
        {
            _source[color] = pixels[pixel + red];
            _source[color + 1] = pixels[pixel + 1];
            _source[color + 2] = pixels[pixel + blue];
        }

        operation.Apply(_source.AsSpan(0, count * Colors), _result.AsSpan(0, count * Colors), ref random);

        var bytes = _bytes.AsSpan(0, count * BytesOfPixel);
        for (int pixel = 0, color = 0; pixel < bytes.Length; pixel += BytesOfPixel, color += Colors)
        {
            bytes[pixel + red] = ToByte(_result[color]);
            bytes[pixel + 1] = ToByte(_result[color + 1]);
            bytes[pixel + blue] = ToByte(_result[color + 2]);
            bytes[pixel + 3] = pixels[pixel + 3];
        }

        return WithTag(source, bytes);
    }

    private static MLImage WithTag(MLImage source, ReadOnlySpan<byte> pixels)
    {
        var image = MLImage.CreateFromPixels(source.Width, source.Height, source.PixelFormat, pixels);
        image.Tag = source.Tag;
        return image;
    }

    private static byte ToByte(float value) => (byte)(Math.Clamp(value, 0, ColorKernels.White) + 0.5f);

    private ImageOperation OperationFor(int height, int width)
    {
        if (_operations.TryGetValue((height, width), out var operation))
            return operation;

        var shape = ShapeOf(height, width);
        options.CheckImage(context, shape);
        if (_pixelsKept + (long)height * width > MostPixelsKept)
        {
            _operations.Clear();
            _pixelsKept = 0;
        }

        operation = options.CreateOperation(shape.Layout);
        _operations.Add((height, width), operation);
        _pixelsKept += height * width;
        return operation;
    }
}
