using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class RandomRectangleTests
{
    private const int Rows = 10_000;

    [TestMethod]
    public void Areas_ratios_and_places_are_uniform()
    {
        // The longest side, sqrt(0.5 * 4 / 3), always fits.
        var image = new ImageShape(4000, 4000).Layout;
        var rectangles = Draw(image, new RandomRectangle(0.1, 0.5, 3.0 / 4, 4.0 / 3));
        Assert.HasCount(Rows, rectangles);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(
            rectangles.Select(rectangle => rectangle.Area / (4000.0 * 4000)), share => Math.Clamp((share - 0.1) / 0.4, 0, 1)));
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(
            rectangles.Select(rectangle => Math.Log(Width(rectangle) / (double)Height(rectangle))),
            log => Math.Clamp((log + Math.Log(4.0 / 3)) / (2 * Math.Log(4.0 / 3)), 0, 1)));
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(
            rectangles.Select(rectangle => rectangle.Left / (double)(4000 - Width(rectangle))), share => Math.Clamp(share, 0, 1)));
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(
            rectangles.Select(rectangle => rectangle.Top / (double)(4000 - Height(rectangle))), share => Math.Clamp(share, 0, 1)));
        Assert.IsLessThan(0.04, Math.Abs(GoodnessOfFit.Correlation(
            [.. rectangles.Select(rectangle => (double)rectangle.Area)], [.. rectangles.Select(rectangle => Width(rectangle) / (double)Height(rectangle))])));
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 8)]
    [DataRow(1, 20)]
    [DataRow(32, 32)]
    public void All_of_them_lie_within_the_image_and_reach_its_borders(int height, int width)
    {
        var rectangles = Draw(new ImageShape(height, width).Layout, new RandomRectangle(0.02, 1, 0.1, 10));
        Assert.IsTrue(rectangles.TrueForAll(rectangle =>
            rectangle.Left >= 0 && rectangle.Top >= 0 && rectangle.Right <= width && rectangle.Bottom <= height && Width(rectangle) > 0 && Height(rectangle) > 0));
        Assert.AreEqual(0, rectangles.Min(rectangle => rectangle.Left));
        Assert.AreEqual(0, rectangles.Min(rectangle => rectangle.Top));
        Assert.AreEqual(width, rectangles.Max(rectangle => rectangle.Right));
        Assert.AreEqual(height, rectangles.Max(rectangle => rectangle.Bottom));
    }

    [TestMethod]
    public void Ten_draws_are_tried()
    {
        // A ratio that is uniform in its logarithm from 1 to 4 has sides of sqrt(ratio / 2): it fits up to 2, which one draw in two is.
        var missed = Rows - Draw(new ImageShape(4000, 4000).Layout, new RandomRectangle(0.5, 0.5, 1, 4)).Count;
        Assert.IsInRange(1, 25, missed, "10,000 / 1024 on average");
    }

    [TestMethod]
    public void What_never_fits_is_not_drawn() =>
        Assert.IsEmpty(Draw(new ImageShape(8, 8).Layout, new RandomRectangle(0.5, 1, 100, 100)));

    private static List<ImageRectangle> Draw(ImageLayout image, RandomRectangle rectangle)
    {
        var drawn = new List<ImageRectangle>();
        for (var row = 0; row < Rows; row++)
        {
            var random = Drawings.Stream(row);
            if (rectangle.TryDraw(image, ref random, out var inside))
                drawn.Add(inside);
        }

        return drawn;
    }

    private static int Width(ImageRectangle rectangle) => rectangle.Right - rectangle.Left;

    private static int Height(ImageRectangle rectangle) => rectangle.Bottom - rectangle.Top;
}
