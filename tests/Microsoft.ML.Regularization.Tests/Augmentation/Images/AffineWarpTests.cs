using System.Numerics;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class AffineWarpTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(32)]
    public void Quarter_turns_of_a_square_only_move_pixels(int side)
    {
        var shape = new ImageShape(side, side, 2);
        var pixels = Drawings.Random(shape);
        var last = side - 1;
        Drawings.AssertEqual(pixels, Rotate(shape, pixels, 0), 0);
        Drawings.AssertEqual(Drawings.Of(shape, (channel, y, x) => pixels.At(shape, channel, x, last - y)), Rotate(shape, pixels, 90), 1e-5);
        Drawings.AssertEqual(Drawings.Of(shape, (channel, y, x) => pixels.At(shape, channel, last - x, y)), Rotate(shape, pixels, -90), 1e-5);
        Drawings.AssertEqual(Drawings.Of(shape, (channel, y, x) => pixels.At(shape, channel, last - y, last - x)), Rotate(shape, pixels, 180), 1e-5);
        Drawings.AssertEqual(pixels, Rotate(shape, pixels, 360), 1e-5);
    }

    [TestMethod]
    public void A_half_turn_of_any_image_only_moves_pixels()
    {
        var shape = new ImageShape(5, 12, 3);
        var pixels = Drawings.Random(shape);
        Drawings.AssertEqual(
            Drawings.Of(shape, (channel, y, x) => pixels.At(shape, channel, 4 - y, 11 - x)), Rotate(shape, pixels, 180), 1e-5);
    }

    [TestMethod]
    public void There_and_back_is_about_the_identity_away_from_the_border()
    {
        const int side = 41;
        var shape = new ImageShape(side, side);
        var pixels = Drawings.Of(shape, (_, y, x) => Math.Sin(x * 0.3) * Math.Cos(y * 0.2));
        var back = Rotate(shape, Rotate(shape, pixels, 25), -25);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                if (Math.Pow(x - 20, 2) + Math.Pow(y - 20, 2) < 18 * 18)
                    Assert.AreEqual(pixels.At(shape, 0, y, x), back.At(shape, 0, y, x), 0.04);
            }
        }
    }

    [TestMethod]
    public void A_translation_by_pixels_moves_the_picture_and_shows_the_fill_behind_it()
    {
        var shape = new ImageShape(4, 6, 2);
        var pixels = Drawings.Random(shape);
        var expected = Drawings.Of(shape, (channel, y, x) => x < 2 || y > 2 ? 5 : pixels.At(shape, channel, y + 1, x - 2));
        Drawings.AssertEqual(expected, Warp(shape, pixels, AffineWarp.Translation(2, -1), 5), 0);
    }

    [TestMethod]
    public void A_shear_moves_each_line_by_its_distance_from_the_centre()
    {
        var shape = new ImageShape(5, 5);
        var pixels = Drawings.Random(shape);
        var horizontal = Drawings.Of(shape, (_, y, x) => x + (y - 2) is >= 0 and < 5 ? pixels.At(shape, 0, y, x + (y - 2)) : 5);
        Drawings.AssertEqual(horizontal, Warp(shape, pixels, AffineWarp.ShearAboutCentre(shape.Layout, 1, 0), 5), 0);
        var vertical = Drawings.Of(shape, (_, y, x) => y - (x - 2) is >= 0 and < 5 ? pixels.At(shape, 0, y - (x - 2), x) : 5);
        Drawings.AssertEqual(vertical, Warp(shape, pixels, AffineWarp.ShearAboutCentre(shape.Layout, 0, -1), 5), 0);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(1, 9)]
    [DataRow(2, 2)]
    [DataRow(13, 8)]
    [DataRow(20, 33)]
    public void Any_map_samples_like_a_plain_second_implementation(int height, int width)
    {
        var shape = new ImageShape(height, width, 2);
        var pixels = Drawings.Random(shape);
        var random = new Random(5);
        for (var trial = 0; trial < 200; trial++)
        {
            // From nearly still to turned over, shrunk and enlarged.
            var map = new Matrix3x2(Next(2), Next(2), Next(2), Next(2), Next(width), Next(height));
            if (trial % 4 == 0)
                map = AffineWarp.RotationAboutCentre(shape.Layout, Next(180));
            else if (trial % 4 == 1)
                map = new Matrix3x2(1, 0, 0, 1, Next(2), Next(2));
            const float fill = -0.5f;
            var expected = Drawings.Of(shape, (channel, y, x) => Sample(
                shape,
                (sourceY, sourceX) => sourceX >= 0 && sourceX < width && sourceY >= 0 && sourceY < height ? pixels.At(shape, channel, sourceY, sourceX) : fill,
                x * (double)map.M11 + y * (double)map.M21 + map.M31,
                x * (double)map.M12 + y * (double)map.M22 + map.M32));
            Drawings.AssertEqual(expected, Warp(shape, pixels, map, fill), 2e-5);
        }

        float Next(double bound) => (float)((2 * random.NextDouble() - 1) * bound);
    }

    [TestMethod]
    public void Maps_that_lead_far_away_show_the_fill()
    {
        var shape = new ImageShape(6, 6);
        var pixels = Drawings.Random(shape);
        foreach (var map in new Matrix3x2[]
        {
            new(1e12f, 0, 0, 1, 1e12f, 0),
            new(1, 0, 0, 1, -1e30f, 1e30f),
            new(0, 0, 0, 0, 6, 0),
            new(1e-44f, 0, 0, 1e-44f, -1, -1),
            new(float.NaN, 1, float.PositiveInfinity, 1, 0, 0),
            new(1, float.MaxValue, 1, float.MinValue, float.NegativeInfinity, float.NaN),
        })
        {
            Assert.IsTrue(Warp(shape, pixels, map, 5).All(value => value == 5), $"{map}");
        }
    }

    // The sum over all pixels, each weighted by its tent.
    private static double Sample(ImageShape shape, Func<int, int, float> at, double x, double y)
    {
        var sum = 0.0;
        var (fromY, fromX) = ((int)Math.Clamp(Math.Floor(y), -3, shape.Height + 3), (int)Math.Clamp(Math.Floor(x), -3, shape.Width + 3));
        x = Math.Clamp(x, -3, shape.Width + 3);
        y = Math.Clamp(y, -3, shape.Height + 3);
        for (var pixelY = fromY - 1; pixelY <= fromY + 2; pixelY++)
        {
            for (var pixelX = fromX - 1; pixelX <= fromX + 2; pixelX++)
                sum += Math.Max(0, 1 - Math.Abs(x - pixelX)) * Math.Max(0, 1 - Math.Abs(y - pixelY)) * at(pixelY, pixelX);
        }

        return sum;
    }

    private static float[] Rotate(ImageShape shape, float[] pixels, double degrees) =>
        Warp(shape, pixels, AffineWarp.RotationAboutCentre(shape.Layout, degrees), -7);

    private static float[] Warp(ImageShape shape, float[] pixels, Matrix3x2 inverse, float fill)
    {
        var result = Enumerable.Repeat(float.NaN, pixels.Length).ToArray();
        AffineWarp.Apply(shape.Layout, pixels, result, inverse, fill);
        return result;
    }
}
