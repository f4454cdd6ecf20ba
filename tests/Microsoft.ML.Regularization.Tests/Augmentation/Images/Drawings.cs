namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

/// <summary>Images of random numbers, and what an augmentation makes of them without a view.</summary>
internal static class Drawings
{
    /// <summary>Numbers from 0 to below 1, all of them different with near certainty.</summary>
    public static float[] Random(ImageShape shape, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, shape.Height * shape.Width * shape.Channels).Select(_ => random.NextSingle())];
    }

    /// <summary>The image with its channels last.</summary>
    public static float[] ToChannelsLast(ImageShape shape, float[] pixels)
    {
        Assert.AreEqual(ChannelOrder.ChannelsFirst, shape.Order);
        var area = shape.Height * shape.Width;
        return [.. Enumerable.Range(0, pixels.Length).Select(i => pixels[i % shape.Channels * area + i / shape.Channels])];
    }

    /// <summary>What one cursor makes of an image in many rows.</summary>
    public static IEnumerable<float[]> Augment(ImageAugmentationOptions options, ImageShape shape, float[] pixels, int rows)
    {
        var operation = options.CreateOperation(shape.Layout);
        for (var row = 0; row < rows; row++)
        {
            var result = Enumerable.Repeat(float.NaN, pixels.Length).ToArray();
            var random = Stream(row);
            operation.Apply(pixels, result, ref random);
            yield return result;
        }
    }

    /// <summary>The numbers of a row.</summary>
    public static KeyedStream Stream(int row) => new(RandomKey.FromSeed(7), (ulong)row);

    /// <summary>The number at a place of a plane of an image with channels first.</summary>
    public static float At(this float[] pixels, ImageShape shape, int channel, int y, int x) => pixels[(channel * shape.Height + y) * shape.Width + x];

    /// <summary>An image with channels first of a function of channel, row and column.</summary>
    public static float[] Of(ImageShape shape, Func<int, int, int, double> pixel) =>
    [
        .. from channel in Enumerable.Range(0, shape.Channels)
           from y in Enumerable.Range(0, shape.Height)
           from x in Enumerable.Range(0, shape.Width)
           select (float)pixel(channel, y, x),
    ];

    public static void AssertEqual(float[] expected, float[] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], actual[i], tolerance, $"number {i}");
    }
}
