namespace Microsoft.ML.Regularization.Tests.Augmentation.Images.Policies;

[TestClass]
public sealed class PolicyOperationTests
{
    private static readonly ImageShape Colors = new(16, 18, 3);

    [TestMethod]
    public void Solarizing_inverts_from_the_threshold_on()
    {
        Check(new SolarizeOperation(), 0, [0, 1, 128, 200, 254, 255], [0, 1, 128, 200, 254, 255]);
        Check(new SolarizeOperation(), 128, [0, 1, 127, 128, 254, 255], [0, 1, 127, 127, 1, 0]);
        Check(new SolarizeOperation(), 56.9, [0, 1, 199, 200, 254, 255], [0, 1, 199, 55, 1, 0]);
        Check(new SolarizeOperation(), 256, [0, 1, 127, 128, 254, 255], [255, 254, 128, 127, 1, 0]);
    }

    [TestMethod]
    public void Posterizing_keeps_the_highest_bits()
    {
        Check(new PosterizeOperation(), 0, [0, 1, 127, 128, 254, 255], [0, 1, 127, 128, 254, 255]);
        Check(new PosterizeOperation(), 4, [0, 15, 16, 128, 254, 255], [0, 0, 16, 128, 240, 240]);
        Check(new PosterizeOperation(), 6, [0, 63, 64, 127.9999f, 254, 255], [0, 0, 64, 128, 192, 192]);
        Check(new PosterizeOperation(), 1.4, [0, 1, 2, 3, 254, 255], [0, 0, 2, 2, 254, 254]);
    }

    [TestMethod]
    public void Auto_contrast_stretches_each_channel()
    {
        var shape = new ImageShape(1, 3, 3);
        var planes = Apply(new AutoContrastOperation(), 0, [50, 60, 100, 0, 100, 255, 9, 9, 9], shape);
        Pictures.AssertClose([0, 51, 255, 0, 100, 255, 9, 9, 9], planes, 1e-3);
    }

    [TestMethod]
    public void Equalizing_spreads_the_levels()
    {
        // 1020 pixels: 340 each at levels 10 and 11, 255 at 12 and 85 at 200. The step is (1020 - 85) / 255 = 3, and half of it 1.
        var shape = new ImageShape(30, 34);
        float[] picture = [.. Repeat(10, 340), .. Repeat(11, 340), .. Repeat(12, 255), .. Repeat(200, 85)];
        var result = Apply(new EqualizeOperation(), 0, picture, shape);
        CollectionAssert.AreEqual((float[])[.. Repeat(0, 340), .. Repeat(113, 340), .. Repeat(227, 255), .. Repeat(255, 85)], result);

        // Of another picture the ranks are kept, and the levels come out near the shares of pixels below.
        var random = new Random(3);
        picture = [.. Enumerable.Range(0, 1020).Select(_ => (float)Math.Floor(100 * random.NextDouble() * random.NextDouble()))];
        result = Apply(new EqualizeOperation(), 0, picture, shape);
        for (var i = 0; i < picture.Length; i++)
        {
            var below = picture.Count(number => number < picture[i]);
            var lightest = picture.Count(number => number == picture.Max());
            Assert.AreEqual(Math.Min(255, (below + (1020 - lightest) / 255 / 2) / ((1020 - lightest) / 255)), result[i]);
        }

        // Too few pixels for 255 steps.
        var small = Pictures.Random(new ImageShape(8, 8));
        CollectionAssert.AreEqual(small, Apply(new EqualizeOperation(), 0, small, new ImageShape(8, 8)));

        static IEnumerable<float> Repeat(float value, int count) => Enumerable.Repeat(value, count);
    }

    [TestMethod]
    [DataRow(-0.9)]
    [DataRow(0.0)]
    [DataRow(0.5)]
    public void Sharpness_is_measured_from_the_smoothed_picture(double strength)
    {
        var picture = Pictures.Random(Colors);
        var result = Apply(new SharpnessOperation(), strength, picture, Colors);
        for (var plane = 0; plane < 3; plane++)
        {
            for (var y = 0; y < 16; y++)
            {
                for (var x = 0; x < 18; x++)
                {
                    var expected = (double)At(x, y);
                    if (x is > 0 and < 17 && y is > 0 and < 15)
                    {
                        var around = Enumerable.Range(-1, 3).Sum(dy => Enumerable.Range(-1, 3).Sum(dx => (double)At(x + dx, y + dy)));
                        var smooth = (around + 4 * At(x, y)) / 13;
                        expected = Math.Clamp(smooth + (1 + strength) * (At(x, y) - smooth), 0, 255);
                    }

                    Assert.AreEqual(expected, result[plane * 288 + y * 18 + x], 1e-3);
                }
            }

            float At(int x, int y) => picture[plane * 288 + y * 18 + x];
        }

        var thin = Pictures.Random(new ImageShape(2, 9));
        CollectionAssert.AreEqual(thin, Apply(new SharpnessOperation(), strength, thin, new ImageShape(2, 9)));
    }

    [TestMethod]
    public void Translations_move_whole_pixels()
    {
        var shape = new ImageShape(3, 3);
        float[] picture = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Pictures.AssertClose([2, 3, 0, 5, 6, 0, 8, 9, 0], Apply(new TranslateXOperation(), 1.7, picture, shape), 1e-4);
        Pictures.AssertClose([0, 1, 2, 0, 4, 5, 0, 7, 8], Apply(new TranslateXOperation(), -1, picture, shape), 1e-4);
        Pictures.AssertClose([7, 8, 9, 0, 0, 0, 0, 0, 0], Apply(new TranslateYOperation(), 2, picture, shape), 1e-4);
        Pictures.AssertClose([0, 0, 0, 0, 0, 0, 1, 2, 3], Apply(new TranslateYOperation(), -2, picture, shape), 1e-4);
        Pictures.AssertClose(new float[9], Apply(new TranslateXOperation(), 32, picture, shape), 0);
    }

    [TestMethod]
    public void Shears_hold_the_corner()
    {
        // Row y moves by y + 1/2 pixels at a shear of 1: half of a pixel and its neighbour each.
        var shape = new ImageShape(3, 3);
        float[] picture = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        Pictures.AssertClose([1.5f, 2.5f, 1.5f, 5.5f, 3, 0, 4.5f, 0, 0], Apply(new ShearXOperation(), 1, picture, shape), 1e-4);
        Pictures.AssertClose([2.5f, 6.5f, 4.5f, 5.5f, 4, 0, 3.5f, 0, 0], Apply(new ShearYOperation(), 1, picture, shape), 1e-4);
        Pictures.AssertClose([0.5f, 1.5f, 2.5f, 0, 2, 4.5f, 0, 0, 3.5f], Apply(new ShearXOperation(), -1, picture, shape), 1e-4);
    }

    [TestMethod]
    public void Rotations_go_about_the_centre()
    {
        var shape = new ImageShape(3, 3);
        float[] picture = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        float[] quarter = [3, 6, 9, 2, 5, 8, 1, 4, 7];
        float[] other = [7, 4, 1, 8, 5, 2, 9, 6, 3];
        var turned = Apply(new RotateOperation(), 90, picture, shape);
        var isFirst = Math.Abs(turned[0] - quarter[0]) < 1e-3;
        Pictures.AssertClose(isFirst ? quarter : other, turned, 1e-3);
        Pictures.AssertClose(isFirst ? other : quarter, Apply(new RotateOperation(), -90, picture, shape), 1e-3);
    }

    [TestMethod]
    public void Without_strength_most_operations_change_nothing()
    {
        var picture = Pictures.Random(Colors);
        foreach (var operation in PolicySpace.Wide(Colors.Layout).Operations.Where(operation => operation is not (AutoContrastOperation or EqualizeOperation)))
            Pictures.AssertClose(picture, Apply(operation, 0, picture, Colors), 1e-3, operation.GetType().Name);
    }

    [TestMethod]
    public void Transparency_moves_with_the_picture_and_keeps_its_level()
    {
        // A picture whose colors and transparency are all the same.
        var plane = Pictures.Random(new ImageShape(16, 18));
        float[] picture = [.. plane, .. plane, .. plane, .. plane];
        foreach (var operation in PolicySpace.Wide(Colors.Layout).Operations)
        {
            var result = Apply(operation, operation.IsSigned ? 0.6 : 4, picture, Colors with { Channels = 4 });
            if (operation is WarpOperation)
                Pictures.AssertClose(result[288..576], result[..288], 1e-4);
            else
                CollectionAssert.AreEqual(plane, result[..288], operation.GetType().Name);
        }
    }

    internal static float[] Apply(PolicyOperation operation, double strength, float[] picture, ImageShape shape)
    {
        var planes = new ColorPlanes(shape.Layout, PixelScale.Byte);
        planes.Load(picture);
        operation.Apply(planes, strength);
        var result = new float[picture.Length];
        planes.Store(result);
        return result;
    }

    private static void Check(PolicyOperation operation, double strength, float[] picture, float[] expected) =>
        CollectionAssert.AreEqual(expected, Apply(operation, strength, picture, new ImageShape(2, 3)));
}
