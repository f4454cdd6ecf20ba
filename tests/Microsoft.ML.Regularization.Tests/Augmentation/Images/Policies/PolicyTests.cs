namespace Microsoft.ML.Regularization.Tests.Augmentation.Images.Policies;

[TestClass]
public sealed class PolicyTests
{
    private static readonly ImageShape Colors = new(33, 20, 3);

    // What each operation does at the highest level: that of RandAugment, and of the wide space.
    private static readonly (PolicyOperation Operation, double Rand, double Wide)[] Highest =
    [
        (new IdentityOperation(), 0, 0),
        (new AutoContrastOperation(), 0, 0),
        (new EqualizeOperation(), 0, 0),
        (new RotateOperation(), 30, 135),
        (new SolarizeOperation(), 256, 256),
        (new PosterizeOperation(), 4, 6),
        (new SaturationOperation(), 0.9, 0.99),
        (new ContrastOperation(), 0.9, 0.99),
        (new BrightnessOperation(), 0.9, 0.99),
        (new SharpnessOperation(), 0.9, 0.99),
        (new ShearXOperation(), 0.3, 0.99),
        (new ShearYOperation(), 0.3, 0.99),
        (new TranslateXOperation(), 20 * 150 / 331.0, 32),
        (new TranslateYOperation(), 33 * 150 / 331.0, 32),
    ];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Operations_have_equal_probability_and_both_ways(bool isWide)
    {
        const int draws = 14_000;
        var picture = Muted(Pictures.Random(Colors));
        var layout = Colors.Layout;
        var space = isWide ? PolicySpace.Wide(layout) : PolicySpace.RandAugment(layout);
        var counts = new Dictionary<string, int>();
        var kinds = new Dictionary<int, string>();
        foreach (var (operation, rand, wide) in Highest)
        {
            foreach (var sign in operation.IsSigned ? new[] { 1, -1 } : [1])
            {
                // Some result for each, all different but for the two ways out of a picture 20 wide.
                var name = $"{operation.GetType().Name} {sign}";
                var result = PolicyOperationTests.Apply(operation, sign * (isWide ? wide : rand), picture, Colors);
                var hash = Hash(result);
                kinds[hash] = kinds.TryGetValue(hash, out var other) ? $"{other} {name}" : name;
            }
        }

        var planes = new ColorPlanes(layout, PixelScale.Byte);
        var changed = new float[picture.Length];
        for (var draw = 0; draw < draws; draw++)
        {
            var random = Pictures.Stream(draw);
            planes.Load(picture);
            space.ApplyOne(planes, PolicySpace.TopLevel, ref random);
            planes.Store(changed);
            var kind = kinds[Hash(changed)];
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        // Both ways of TranslateX leave nothing in the wide space.
        Assert.HasCount(isWide ? 22 : 23, counts);
        foreach (var (kind, count) in counts)
        {
            var expected = draws / 14.0 * (kind.Contains("TranslateX", StringComparison.Ordinal) && isWide ? 1 : IsSigned(kind) ? 0.5 : 1);
            Assert.AreEqual(expected, count, 4.5 * Math.Sqrt(expected), kind);
        }

        static bool IsSigned(string kind) => Highest.Single(entry => entry.Operation.GetType().Name == kind.Split(' ')[0]).Operation.IsSigned;
    }

    [TestMethod]
    public void Saturation_is_left_out_for_grey_images()
    {
        Assert.HasCount(14, PolicySpace.Wide(Colors.Layout).Operations);
        var grey = PolicySpace.RandAugment(new ImageShape(8, 8).Layout).Operations;
        Assert.HasCount(13, grey);
        Assert.IsFalse(grey.Any(operation => operation is SaturationOperation));
    }

    [TestMethod]
    public void Trivial_augment_draws_all_levels_alike()
    {
        // Of a picture of one grey, what is not black, white or the grey itself was made by brightness.
        var shape = new ImageShape(4, 4);
        var rows = Pictures.Augment(new TrivialAugmentOptions { Shape = shape }, [.. Enumerable.Repeat(120f, 16)], 26_000);
        var dark = rows.Where(row => row.Distinct().Count() == 1 && row[0] < 119 && row[0] > 0 && IsBrightness(row[0])).ToList();
        var levels = dark.ConvertAll(row => (int)Math.Round((1 - row[0] / 120) * 30 / 0.99));
        var counts = Enumerable.Range(1, 30).Select(level => levels.Count(drawn => drawn == level)).ToList();

        // One of 13 operations, one of two ways, and 30 of 31 levels.
        Assert.AreEqual(26_000 / 26.0 * 30 / 31, levels.Count, 130);
        var expected = levels.Count / 30.0;
        Assert.IsLessThan(60, counts.Sum(count => (count - expected) * (count - expected) / expected), "chi-square, 29 degrees of freedom");

        static bool IsBrightness(float value)
        {
            var level = (1 - value / 120) * 30 / 0.99;
            return Math.Abs(level - Math.Round(level)) < 1e-3;
        }
    }

    [TestMethod]
    public void Rand_augment_applies_so_many_operations_at_its_strength()
    {
        var picture = Muted(Pictures.Random(Colors));
        var operation = new RandAugmentOptions { Shape = Colors, Operations = 3, Magnitude = 12 }.CreateOperation(Colors.Layout);
        var planes = new ColorPlanes(Colors.Layout, PixelScale.Byte);
        var space = PolicySpace.RandAugment(Colors.Layout);
        var (expected, actual) = (new float[picture.Length], new float[picture.Length]);
        for (var row = 0; row < 50; row++)
        {
            var random = Pictures.Stream(row);
            operation.Apply(picture, actual, ref random);
            random = Pictures.Stream(row);
            planes.Load(picture);
            for (var i = 0; i < 3; i++)
                space.ApplyOne(planes, 12, ref random);
            planes.Store(expected);
            CollectionAssert.AreEqual(expected, actual);
        }

        // Both of two operations are the identity once in 196 times, and as often both invert the whole picture.
        var rows = Pictures.Augment(new RandAugmentOptions { Shape = Colors, Magnitude = 30 }, picture, 9800);
        Assert.AreEqual(100, rows.Count(row => row.SequenceEqual(picture)), 40);
    }

    [TestMethod]
    public void Both_channel_orders_give_the_same_picture()
    {
        var last = Colors with { Order = ChannelOrder.ChannelsLast };
        var picture = Pictures.Random(Colors);
        foreach (var options in new ColorAugmentationOptions[] { new TrivialAugmentOptions(), new RandAugmentOptions() })
        {
            var first = Pictures.Augment(options with { Shape = Colors }, picture, 100);
            var other = Pictures.Augment(options with { Shape = last }, Pictures.Reorder(picture, Colors), 100);
            for (var row = 0; row < first.Count; row++)
                CollectionAssert.AreEqual(first[row], Pictures.Reorder(other[row], last));
        }
    }

    [TestMethod]
    public void All_scales_give_the_same_picture()
    {
        var picture = Pictures.Random(Colors);
        foreach (var options in new ColorAugmentationOptions[] { new TrivialAugmentOptions { Shape = Colors }, new RandAugmentOptions { Shape = Colors } })
        {
            var bytes = Pictures.Augment(options, picture, 100);
            var unit = Pictures.Augment(options with { PixelScale = PixelScale.Unit }, [.. picture.Select(number => number / 255)], 100);

            // A number may round to either of two levels once pixels between two others were computed.
            for (var row = 0; row < bytes.Count; row++)
                Assert.IsLessThan(20, bytes[row].Zip(unit[row], (x, y) => Math.Abs(x - 255 * y)).Count(difference => difference > 0.02));
        }
    }

    // Off black and white, so that clamping hides no difference between operations.
    private static float[] Muted(float[] picture) => [.. picture.Select(number => 20 + (float)Math.Floor(number * 0.8))];

    private static int Hash(float[] picture)
    {
        var hash = default(HashCode);
        foreach (var number in picture)
            hash.Add(number + 0f);
        return hash.ToHashCode();
    }
}
