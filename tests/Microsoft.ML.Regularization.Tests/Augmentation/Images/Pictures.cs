using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

/// <summary>Pictures to change, and ways to look at them.</summary>
public static class Pictures
{
    /// <summary>Whole numbers from 0 to 255, black and white among them.</summary>
    public static float[] Random(ImageShape shape, int seed = 1)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(0, shape.Height * shape.Width * shape.Channels).Select(_ => (float)random.Next(256)).ToArray();
        (numbers[0], numbers[^1]) = (0, 255);
        return numbers;
    }

    /// <summary>Planes of channels to channels beside each other, or back.</summary>
    public static float[] Reorder(float[] numbers, ImageShape shape)
    {
        var pixels = shape.Height * shape.Width;
        var other = new float[numbers.Length];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                var (first, last) = (channel * pixels + pixel, pixel * shape.Channels + channel);
                if (shape.Order == ChannelOrder.ChannelsFirst)
                    other[last] = numbers[first];
                else
                    other[first] = numbers[last];
            }
        }

        return other;
    }

    /// <summary>The images as an augmentation with a seed of 7 makes them of equal ones, one for each row.</summary>
    public static List<float[]> Augment(ImageAugmentationOptions options, float[] picture, int rows)
    {
        var ml = new MLContext();
        var type = new VectorDataViewType(NumberDataViewType.Single, picture.Length);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = type;
        var view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ => new Row { Features = picture }).ToList(), schema);
        return [.. ml.Data.Augment(view, options with { Seed = 7 }).GetColumn<VBuffer<float>>(nameof(Row.Features)).Select(row => row.DenseValues().ToArray())];
    }

    public static void AssertClose(float[] expected, float[] actual, double tolerance, string message = "")
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance, $"{message} at {i}");
    }

    /// <summary>Whether numbers are uniform over a range: Kolmogorov-Smirnov, 0.1 % level.</summary>
    public static void AssertUniform(IEnumerable<double> numbers, double low, double high)
    {
        var sorted = numbers.Order().ToList();
        var distance = sorted.Select((number, i) => Math.Abs((number - low) / (high - low) - (i + 0.5) / sorted.Count)).Max();
        Assert.IsLessThan(1.95 / Math.Sqrt(sorted.Count), distance);
    }

    internal static KeyedStream Stream(int item) => new(RandomKey.FromSeed(5), (ulong)item);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
