using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class RandomErasingTests
{
    private static readonly ImageShape Shape = new(20, 24, 3);

    private static readonly RandomRectangle Rectangle = new(0.02, 0.33, 0.3, 3.3);

    [TestMethod]
    public void The_rectangle_holds_the_constant_and_all_else_stays()
    {
        var pixels = Drawings.Random(Shape);
        foreach (var (rectangle, result) in Erased(new() { Fill = -1.5 }, pixels, 200))
        {
            CollectionAssert.AreEqual(
                Drawings.Of(Shape, (channel, y, x) => IsInside(rectangle, y, x) ? -1.5 : pixels.At(Shape, channel, y, x)), result);
        }
    }

    [TestMethod]
    public void The_share_of_erased_pixels_is_uniform()
    {
        // Sides of whole pixels, so about uniform: the mean is that of 0.02 and 0.33, the deviation their distance by the root of 12.
        var shape = new ImageShape(100, 100);
        var shares = Drawings.Augment(new RandomErasingOptions { Fill = -1 }, shape, Drawings.Random(shape), 4000)
            .Select(result => result.Count(value => value == -1) / 10_000.0).ToList();
        var (mean, variance) = GoodnessOfFit.Moments(shares);
        Assert.AreEqual(0.175, mean, 0.006);
        Assert.AreEqual(0.31 / Math.Sqrt(12), Math.Sqrt(variance), 0.004);
        Assert.IsInRange(0.018, 0.025, shares.Min());
        Assert.IsInRange(0.32, 0.335, shares.Max());
    }

    [TestMethod]
    [DataRow(ChannelOrder.ChannelsFirst)]
    [DataRow(ChannelOrder.ChannelsLast)]
    public void The_mean_is_that_of_each_channel_of_the_image(ChannelOrder order)
    {
        var shape = Shape with { Order = order };
        var planes = Drawings.Of(Shape, (channel, y, x) => 10 * channel + (x * 7 + y * 13) % 5);
        var pixels = order == ChannelOrder.ChannelsFirst ? planes : Drawings.ToChannelsLast(Shape, planes);
        var means = Enumerable.Range(0, 3).Select(channel => planes.Skip(channel * 480).Take(480).Average()).ToArray();
        var row = 0;
        foreach (var result in Drawings.Augment(new RandomErasingOptions { FillMode = ErasingFill.Mean }, shape, pixels, 50))
        {
            var rectangle = RectangleOf(row++);
            var expected = Drawings.Of(Shape, (channel, y, x) => IsInside(rectangle, y, x) ? means[channel] : planes.At(Shape, channel, y, x));
            Drawings.AssertEqual(order == ChannelOrder.ChannelsFirst ? expected : Drawings.ToChannelsLast(Shape, expected), result, 1e-5);
        }
    }

    [TestMethod]
    public void The_noise_is_normal_and_each_number_has_its_own()
    {
        var pixels = Drawings.Random(Shape);
        var options = new RandomErasingOptions { FillMode = ErasingFill.Noise, NoiseMean = 100, NoiseDeviation = 3 };
        var noise = new List<double>();
        foreach (var (rectangle, result) in Erased(options, pixels, 100))
        {
            for (var i = 0; i < result.Length; i++)
            {
                if (IsInside(rectangle, i / Shape.Width % Shape.Height, i % Shape.Width))
                    noise.Add(result[i]);
                else
                    Assert.AreEqual(pixels[i], result[i]);
            }
        }

        Assert.IsGreaterThan(10_000, noise.Count);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(noise, value => GoodnessOfFit.NormalDistribution((value - 100) / 3)));
        Assert.IsGreaterThan((int)(0.99 * noise.Count), noise.Distinct().Count(), "neither channels nor rows share their numbers");
    }

    [TestMethod]
    public void Where_no_rectangle_fits_the_image_stays()
    {
        var shape = new ImageShape(8, 8);
        var pixels = Drawings.Random(shape);
        foreach (var result in Drawings.Augment(new RandomErasingOptions { MinScale = 0.3, MinRatio = 50, MaxRatio = 60, Fill = -1 }, shape, pixels, 100))
            CollectionAssert.AreEqual(pixels, result);
    }

    private static IEnumerable<(ImageRectangle Rectangle, float[] Result)> Erased(RandomErasingOptions options, float[] pixels, int rows) =>
        Drawings.Augment(options, Shape, pixels, rows).Select((result, row) => (RectangleOf(row), result));

    private static ImageRectangle RectangleOf(int row)
    {
        var random = Drawings.Stream(row);
        Assert.IsTrue(Rectangle.TryDraw(Shape.Layout, ref random, out var rectangle));
        return rectangle;
    }

    private static bool IsInside(ImageRectangle rectangle, int y, int x) =>
        x >= rectangle.Left && x < rectangle.Right && y >= rectangle.Top && y < rectangle.Bottom;
}
