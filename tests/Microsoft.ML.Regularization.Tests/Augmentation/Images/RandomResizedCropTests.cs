namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class RandomResizedCropTests
{
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(1, 6, 2)]
    [DataRow(7, 5, 3)]
    [DataRow(16, 24, 1)]
    public void Every_part_is_resized_like_by_a_plain_second_implementation(int height, int width, int channels)
    {
        var shape = new ImageShape(height, width, channels);
        var pixels = Drawings.Random(shape);
        var resize = new BilinearResize(shape.Layout);
        var random = new Random(4);
        for (var trial = 0; trial < 200; trial++)
        {
            var (left, top) = (random.Next(width), random.Next(height));
            var part = new ImageRectangle(left, top, random.Next(left, width) + 1, random.Next(top, height) + 1);
            var result = new float[pixels.Length];
            resize.Apply(part, pixels, result);
            Drawings.AssertEqual(Resized(shape, pixels, part), result, 1e-5);
        }
    }

    [TestMethod]
    public void Twice_the_size_has_quarters_and_three_quarters()
    {
        // Half-pixel centres: 0 and 1 become 0, 1/4, 3/4, 1.
        var shape = new ImageShape(1, 4);
        var result = new float[4];
        new BilinearResize(shape.Layout).Apply(new ImageRectangle(1, 0, 3, 1), [9, 0, 1, 9], result);
        Drawings.AssertEqual([0, 0.25f, 0.75f, 1], result, 1e-6);
    }

    [TestMethod]
    public void The_whole_image_is_itself()
    {
        var shape = new ImageShape(8, 8, 3);
        var pixels = Drawings.Random(shape);
        var options = new RandomResizedCropOptions { MinScale = 1, MinRatio = 1, MaxRatio = 1 };
        CollectionAssert.AreEqual(pixels, Drawings.Augment(options, shape, pixels, 1).Single());
    }

    [TestMethod]
    public void The_part_that_is_drawn_is_what_is_shown()
    {
        var shape = new ImageShape(12, 10, 2);
        var pixels = Drawings.Random(shape);
        var rectangle = new RandomRectangle(0.08, 1, 3.0 / 4, 4.0 / 3);
        var row = 0;
        foreach (var result in Drawings.Augment(new RandomResizedCropOptions(), shape, pixels, 100))
        {
            var random = Drawings.Stream(row++);
            Assert.IsTrue(rectangle.TryDraw(shape.Layout, ref random, out var part));
            Drawings.AssertEqual(Resized(shape, pixels, part), result, 1e-5);
        }
    }

    [TestMethod]
    [DataRow(10, 10, 10, 10)]
    [DataRow(10, 30, 10, 13)]
    [DataRow(30, 10, 13, 10)]
    [DataRow(1, 50, 1, 1)]
    [DataRow(9, 10, 9, 10)]
    public void Where_nothing_fits_the_centre_is_taken(int height, int width, int partHeight, int partWidth)
    {
        var (left, top) = ((width - partWidth) / 2, (height - partHeight) / 2);
        Assert.AreEqual(
            new ImageRectangle(left, top, left + partWidth, top + partHeight), new RandomResizedCropOptions().CentreOf(new ImageShape(height, width).Layout));

        // All of a very long image's area cannot have a ratio of 4/3.
        var shape = new ImageShape(1, 50);
        var pixels = Drawings.Random(shape);
        foreach (var result in Drawings.Augment(new RandomResizedCropOptions(), shape, pixels, 20))
            Assert.IsTrue(result.All(value => value == pixels[24]));
    }

    private static float[] Resized(ImageShape shape, float[] pixels, ImageRectangle part)
    {
        var (width, height) = (part.Right - part.Left, part.Bottom - part.Top);
        return Drawings.Of(shape, (channel, y, x) =>
        {
            var sourceY = (y + 0.5) * height / shape.Height - 0.5;
            var sourceX = (x + 0.5) * width / shape.Width - 0.5;
            var (above, before) = (Math.Floor(sourceY), Math.Floor(sourceX));
            return (1 - (sourceY - above)) * Along(above) + (sourceY - above) * Along(above + 1);

            double Along(double row) => (1 - (sourceX - before)) * At(row, before) + (sourceX - before) * At(row, before + 1);

            double At(double row, double column) => pixels.At(
                shape, channel, part.Top + (int)Math.Clamp(row, 0, height - 1), part.Left + (int)Math.Clamp(column, 0, width - 1));
        });
    }
}
