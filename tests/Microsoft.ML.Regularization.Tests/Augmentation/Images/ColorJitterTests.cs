namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class ColorJitterTests
{
    private static readonly ImageShape Shape = new(5, 7, 3);

    [TestMethod]
    public void The_changes_are_those_of_their_definitions()
    {
        // Two pixels: (200, 100, 50) and (0, 0, 100), of greys 124.2 and 11.4 and the mean grey 67.8.
        float[] picture = [200, 0, 100, 0, 50, 100];
        Check(ColorChanges.Brightness, 0.5f, [100, 0, 50, 0, 25, 50]);
        Check(ColorChanges.Brightness, 2, [255, 0, 200, 0, 100, 200]);
        Check(ColorChanges.Contrast, 0.5f, [133.9f, 33.9f, 83.9f, 33.9f, 58.9f, 83.9f]);
        Check(ColorChanges.Contrast, 0, [67.8f, 67.8f, 67.8f, 67.8f, 67.8f, 67.8f]);
        Check(ColorChanges.Contrast, 2, [255, 0, 132.2f, 0, 32.2f, 132.2f]);
        Check(ColorChanges.Saturation, 0.5f, [162.1f, 5.7f, 112.1f, 5.7f, 87.1f, 55.7f]);
        Check(ColorChanges.Saturation, 0, [124.2f, 11.4f, 124.2f, 11.4f, 124.2f, 11.4f]);
        Check(ColorChanges.Saturation, 2, [255, 0, 75.8f, 0, 0, 188.6f]);

        // A third of a turn takes red to green, green to blue and blue to red.
        Check(ColorChanges.Hue, 1 / 3f, [50, 100, 200, 0, 100, 0]);
        Check(ColorChanges.Hue, -1 / 3f, [100, 0, 50, 100, 200, 0]);
        Check(ColorChanges.Hue, 0, picture);

        void Check(Action<ColorPlanes, float> change, float amount, float[] expected)
        {
            var planes = Load(picture, new ImageShape(1, 2, 3));
            change(planes, amount);
            Pictures.AssertClose(expected, planes.Values.ToArray(), 1e-3, $"{change.Method.Name} {amount}");
        }
    }

    [TestMethod]
    public void Grey_images_have_the_mean_of_their_pixels_as_grey()
    {
        var planes = Load([10, 30, 80, 120], new ImageShape(2, 2));
        ColorChanges.Contrast(planes, 0.5f);
        Pictures.AssertClose([35, 45, 70, 90], planes.Values.ToArray(), 1e-4);
    }

    [TestMethod]
    [DataRow(-0.5f)]
    [DataRow(-0.31f)]
    [DataRow(-0.1f)]
    [DataRow(0.05f)]
    [DataRow(0.25f)]
    [DataRow(0.5f)]
    public void Hues_turn_as_in_another_implementation(float turns)
    {
        // With greys and pure colors, of which the hue is a matter of care.
        var shape = new ImageShape(19, 23, 3);
        var picture = Pictures.Random(shape);
        float[][] special = [[0, 0, 0], [255, 255, 255], [90, 90, 90], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0], [0, 255, 255], [255, 0, 255], [7, 7, 9]];
        for (var pixel = 0; pixel < special.Length; pixel++)
        {
            for (var channel = 0; channel < 3; channel++)
                picture[channel * 19 * 23 + pixel] = special[pixel][channel];
        }

        var planes = Load(picture, shape);
        ColorChanges.Hue(planes, turns);
        var pixels = 19 * 23;
        for (var i = 0; i < pixels; i++)
        {
            var (hue, saturation, value) = ToHsv(picture[i], picture[pixels + i], picture[2 * pixels + i]);
            var (red, green, blue) = FromHsv(hue + turns, saturation, value);
            Assert.AreEqual(red, planes.Plane(0)[i], 2e-3);
            Assert.AreEqual(green, planes.Plane(1)[i], 2e-3);
            Assert.AreEqual(blue, planes.Plane(2)[i], 2e-3);
        }
    }

    [TestMethod]
    public void Factors_are_uniform_about_one()
    {
        var brightness = new ColorJitterOptions { Brightness = 0.3, Contrast = 0, Saturation = 0, Hue = 0, Shape = new(1, 1) };
        Pictures.AssertUniform(Pictures.Augment(brightness, [100], 4000).Select(row => row[0] / 100.0), 0.7, 1.3);
        Pictures.AssertUniform(Pictures.Augment(brightness with { Brightness = 1.5 }, [100], 4000).Select(row => row[0] / 100.0), 0, 2.5);

        var contrast = new ColorJitterOptions { Brightness = 0, Contrast = 0.5, Saturation = 0, Hue = 0, Shape = new(1, 2) };
        Pictures.AssertUniform(Pictures.Augment(contrast, [100, 120], 4000).Select(row => (row[1] - row[0]) / 20.0), 0.5, 1.5);

        var saturation = new ColorJitterOptions { Brightness = 0, Contrast = 0, Saturation = 0.4, Hue = 0, Shape = new(1, 1, 3) };
        Pictures.AssertUniform(Pictures.Augment(saturation, [100, 120, 140], 4000).Select(row => (row[2] - row[0]) / 40.0), 0.6, 1.4);

        var hue = new ColorJitterOptions { Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0.2, Shape = new(1, 1, 3) };
        Pictures.AssertUniform(Pictures.Augment(hue, [20, 140, 80], 4000).Select(row => ToHsv(row[0], row[1], row[2]).Hue), 2.5 / 6 - 0.2, 2.5 / 6 + 0.2);
    }

    [TestMethod]
    public void Changes_come_in_any_order_with_equal_probability()
    {
        // The draws again, and the changes by their definitions.
        var options = new ColorJitterOptions { Brightness = 0.8, Contrast = 0.8, Saturation = 0.8, Hue = 0.5, Shape = Shape };
        double[] ranges = [0.8, 0.8, 0.8, 0.5];
        var picture = Pictures.Random(Shape);
        var operation = options.CreateOperation(Shape.Layout);
        var result = new float[picture.Length];
        var orders = new Dictionary<string, int>();
        for (var row = 0; row < 4800; row++)
        {
            var random = Pictures.Stream(row);
            operation.Apply(picture, result, ref random);

            random = Pictures.Stream(row);
            var pixels = Pictures.Reorder(picture, Shape).Select(number => (double)number).ToArray();
            List<int> left = [0, 1, 2, 3];
            var order = "";
            for (var i = 0; i < 4; i++)
            {
                var at = (int)random.NextInt64(left.Count);
                var change = left[at];
                // The one that was chosen changes places with the first of those that are left.
                left[at] = left[0];
                left.RemoveAt(0);
                order += change;
                var range = ranges[change];
                Change(pixels, change, (change == 3 ? 0 : 1) - range + 2 * range * random.NextDouble());
            }

            orders[order] = orders.GetValueOrDefault(order) + 1;
            if (row < 300)
                Pictures.AssertClose(Pictures.Reorder([.. pixels.Select(number => (float)number)], Shape with { Order = ChannelOrder.ChannelsLast }), result, 0.01, order);
        }

        Assert.HasCount(24, orders);
        Assert.IsLessThan(50, orders.Values.Sum(count => (count - 200.0) * (count - 200) / 200), "chi-square, 23 degrees of freedom");
    }

    [TestMethod]
    public void Both_channel_orders_give_the_same_picture()
    {
        var last = Shape with { Order = ChannelOrder.ChannelsLast };
        var picture = Pictures.Random(Shape);
        var options = new ColorJitterOptions { Shape = Shape };
        foreach (var (first, other) in Pictures.Augment(options, picture, 50).Zip(Pictures.Augment(options with { Shape = last }, Pictures.Reorder(picture, Shape), 50)))
            CollectionAssert.AreEqual(first, Pictures.Reorder(other, last));
    }

    [TestMethod]
    public void All_scales_give_the_same_picture()
    {
        var picture = Pictures.Random(Shape);
        double[] means = [0.485, 0.456, 0.406];
        double[] deviations = [0.229, 0.224, 0.225];
        var expected = Pictures.Augment(new ColorJitterOptions { Shape = Shape }, picture, 50);
        var unit = Pictures.Augment(new ColorJitterOptions { Shape = Shape, PixelScale = PixelScale.Unit }, [.. picture.Select(number => number / 255)], 50);
        var normalized = Pictures.Augment(
            new ColorJitterOptions { Shape = Shape, PixelScale = PixelScale.Normalized(means, deviations) },
            [.. picture.Select((number, i) => (float)((number / 255 - means[i / 35]) / deviations[i / 35]))],
            50);
        for (var row = 0; row < expected.Count; row++)
        {
            Pictures.AssertClose(expected[row], [.. unit[row].Select(number => number * 255)], 0.01);
            Pictures.AssertClose(expected[row], [.. normalized[row].Select((number, i) => (float)(255 * (number * deviations[i / 35] + means[i / 35])))], 0.01);
            Assert.IsTrue(expected[row].All(number => number is >= 0 and <= 255), "within black and white");
        }
    }

    [TestMethod]
    public void Transparency_is_left_alone()
    {
        // Before the colors, as ExtractPixels gives it.
        var options = new ColorJitterOptions { Shape = Shape };
        var colors = Pictures.Random(Shape);
        float[] transparency = [.. Enumerable.Range(0, 35).Select(i => 7f * i)];
        var expected = Pictures.Augment(options, colors, 20);
        var actual = Pictures.Augment(options with { Shape = Shape with { Channels = 4 } }, [.. transparency, .. colors], 20);
        for (var row = 0; row < 20; row++)
        {
            CollectionAssert.AreEqual(transparency, actual[row][..35]);
            CollectionAssert.AreEqual(expected[row], actual[row][35..]);
        }
    }

    [TestMethod]
    public void Grey_images_get_brightness_and_contrast_only()
    {
        var grey = new ImageShape(4, 4);
        var picture = Pictures.Random(grey);
        var all = Pictures.Augment(new ColorJitterOptions { Shape = grey }, picture, 20);
        var two = Pictures.Augment(new ColorJitterOptions { Shape = grey, Saturation = 0, Hue = 0 }, picture, 20);
        for (var row = 0; row < 20; row++)
            CollectionAssert.AreEqual(two[row], all[row]);
        Assert.IsTrue(all.TrueForAll(row => !row.SequenceEqual(picture)));
        foreach (var row in Pictures.Augment(new ColorJitterOptions { Shape = grey, Brightness = 0, Contrast = 0 }, picture, 5))
            CollectionAssert.AreEqual(picture, row);
    }

    [TestMethod]
    public void Other_numbers_of_channels_get_no_colors()
    {
        var shape = new ImageShape(3, 3, 5);
        var rows = Pictures.Augment(new ColorJitterOptions { Shape = shape, Contrast = 0, Saturation = 0, Hue = 0 }, [.. Enumerable.Repeat(100f, 45)], 20);
        Assert.IsTrue(rows.TrueForAll(row => row.All(number => number == row[0])));
        Assert.IsGreaterThan(10, rows.Select(row => row[0]).Distinct().Count());
    }

    [TestMethod]
    public void Without_amounts_nothing_is_changed()
    {
        var none = new ColorJitterOptions { Brightness = 0, Contrast = 0, Saturation = 0, Hue = 0 };
        Assert.IsTrue(none.IsIdentity);
        Assert.IsFalse((none with { Hue = 0.01 }).IsIdentity);
    }

    private static ColorPlanes Load(float[] picture, ImageShape shape)
    {
        var planes = new ColorPlanes(shape.Layout, PixelScale.Byte);
        planes.Load(picture);
        return planes;
    }

    // Pixels with their channels beside each other.
    private static void Change(double[] pixels, int change, double amount)
    {
        var greys = pixels.Chunk(3).Select(Grey).ToList();
        var mean = greys.Average();
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = change switch
            {
                0 => pixels[i] * amount,
                1 => mean + (pixels[i] - mean) * amount,
                2 => greys[i / 3] + (pixels[i] - greys[i / 3]) * amount,
                _ => pixels[i],
            };
            pixels[i] = Math.Clamp(pixels[i], 0, 255);
        }

        for (var i = 0; change == 3 && i < pixels.Length; i += 3)
        {
            var (hue, saturation, value) = ToHsv(pixels[i], pixels[i + 1], pixels[i + 2]);
            (pixels[i], pixels[i + 1], pixels[i + 2]) = FromHsv(hue + amount, saturation, value);
        }

        static double Grey(double[] pixel) => 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
    }

    private static (double Hue, double Saturation, double Value) ToHsv(double red, double green, double blue)
    {
        var (max, min) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        var sextant = max == min ? 0
            : max == red ? (green - blue) / (max - min)
            : max == green ? 2 + (blue - red) / (max - min)
            : 4 + (red - green) / (max - min);
        return (sextant / 6, max == 0 ? 0 : (max - min) / max, max);
    }

    private static (double Red, double Green, double Blue) FromHsv(double hue, double saturation, double value)
    {
        var sextant = (hue - Math.Floor(hue)) * 6;
        var whole = (int)sextant % 6;
        var part = sextant - Math.Floor(sextant);
        var (low, falling, rising) = (value * (1 - saturation), value * (1 - saturation * part), value * (1 - saturation * (1 - part)));
        return whole switch
        {
            0 => (value, rising, low),
            1 => (falling, value, low),
            2 => (low, value, rising),
            3 => (low, falling, value),
            4 => (rising, low, value),
            _ => (value, low, falling),
        };
    }
}
