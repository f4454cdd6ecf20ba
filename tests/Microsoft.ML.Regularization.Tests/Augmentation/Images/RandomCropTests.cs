using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class RandomCropTests
{
    [TestMethod]
    [DataRow(PaddingMode.Zero, 2, 0.0)]
    [DataRow(PaddingMode.Zero, 3, -1.5)]
    [DataRow(PaddingMode.Reflect, 1, 0.0)]
    [DataRow(PaddingMode.Reflect, 3, 9.0)]
    [DataRow(PaddingMode.Edge, 2, 9.0)]
    [DataRow(PaddingMode.Edge, 3, 0.0)]
    public void Every_window_of_the_padded_image_is_cut_out_equally_often(PaddingMode mode, int padding, double fill)
    {
        var shape = new ImageShape(5, 6, 2);
        var pixels = Drawings.Random(shape);
        var padded = Pad(shape, pixels, mode, padding, (float)fill);
        var windows = new Dictionary<string, int>();
        for (var top = 0; top <= 2 * padding; top++)
        {
            for (var left = 0; left <= 2 * padding; left++)
                windows.Add(Text(Drawings.Of(shape, (channel, y, x) => padded[channel][top + y][left + x])), windows.Count);
        }

        var counts = new long[windows.Count];
        var options = new RandomCropOptions { Padding = padding, PaddingMode = mode, Fill = fill };
        foreach (var result in Drawings.Augment(options, shape, pixels, 400 * windows.Count))
            counts[windows[Text(result)]]++;
        Assert.IsLessThan(4.0, GoodnessOfFit.UniformChiSquare(counts));
    }

    [TestMethod]
    [DataRow(10)]
    [DataRow(int.MaxValue)]
    public void Beyond_a_side_there_is_padding_alone(int padding)
    {
        const int rows = 5000;
        var shape = new ImageShape(3, 5);
        var pixels = Drawings.Random(shape);
        var inside = (2.0 * shape.Height - 1) * (2 * shape.Width - 1) / ((2.0 * padding + 1) * (2.0 * padding + 1));
        var blank = Drawings.Augment(new RandomCropOptions { Padding = padding, Fill = 3 }, shape, pixels, rows).Count(result => result.All(value => value == 3));
        Assert.AreEqual(1 - inside, blank / (double)rows, 0.02);

        var corners = new HashSet<float> { pixels.At(shape, 0, 0, 0), pixels.At(shape, 0, 0, 4), pixels.At(shape, 0, 2, 0), pixels.At(shape, 0, 2, 4) };
        var far = Drawings.Augment(new RandomCropOptions { Padding = padding, PaddingMode = PaddingMode.Edge }, shape, pixels, rows)
            .Where(result => result.Distinct().Count() == 1 && corners.Contains(result[0]));
        Assert.IsGreaterThan(rows / 4, far.Count());
    }

    [TestMethod]
    public void Padding_0_leaves_the_view_as_it_is()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(20));
        Assert.AreSame(view, ml.Data.Augment(view, new RandomCropOptions { Padding = 0, Shape = new(2, 2) }));
    }

    // Whole rows first, then whole columns, as one would pad by hand.
    private static float[][][] Pad(ImageShape shape, float[] pixels, PaddingMode mode, int padding, float fill)
    {
        return [.. Enumerable.Range(0, shape.Channels).Select(channel =>
            Extend([.. Enumerable.Range(0, shape.Height).Select(y =>
                Extend([.. Enumerable.Range(0, shape.Width).Select(x => pixels.At(shape, channel, y, x))], fill))],
                Enumerable.Repeat(fill, shape.Width + 2 * padding).ToArray()))];

        T[] Extend<T>(T[] line, T blank)
        {
            T[] before = mode switch
            {
                PaddingMode.Reflect => [.. line.Skip(1).Take(padding).Reverse()],
                PaddingMode.Edge => [.. Enumerable.Repeat(line[0], padding)],
                _ => [.. Enumerable.Repeat(blank, padding)],
            };
            T[] after = mode switch
            {
                PaddingMode.Reflect => [.. line.Reverse().Skip(1).Take(padding)],
                PaddingMode.Edge => [.. Enumerable.Repeat(line[^1], padding)],
                _ => [.. Enumerable.Repeat(blank, padding)],
            };
            return [.. before, .. line, .. after];
        }
    }

    private static string Text(float[] pixels) => string.Join(' ', pixels);
}
