using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

[TestClass]
public sealed class CutMixTests
{
    private const int Height = 12;
    private const int Width = 9;
    private const int Channels = 3;
    private const int Count = 4000;

    private readonly MLContext _ml = new(seed: 1);

    private static int Size => Height * Width * Channels;

    [TestMethod]
    [DataRow(ChannelOrder.ChannelsFirst)]
    [DataRow(ChannelOrder.ChannelsLast)]
    public void A_rectangle_is_the_partners_and_labels_mix_by_its_area(ChannelOrder order)
    {
        // Every number of image i is i, so that a mixed image shows where each comes from.
        var rows = Mixed(new CutMixOptions(), order);
        var mixed = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var replaced = Enumerable.Range(0, Size).Where(k => rows[i].Pixels[k] != i).ToList();
            var label = rows[i].Label;
            Assert.AreEqual(1, label.Sum(), 1e-6);
            if (replaced.Count == 0)
            {
                Assert.AreEqual(1, label[i % 3]);
                continue;
            }

            mixed++;
            var partner = (int)rows[i].Pixels[replaced[0]];
            var places = replaced.Select(k => Place(k, order)).ToHashSet();
            Assert.IsTrue(replaced.TrueForAll(k => rows[i].Pixels[k] == partner));
            Assert.HasCount(replaced.Count / Channels, places);
            var (top, bottom) = (places.Min(place => place.Y), places.Max(place => place.Y));
            var (left, right) = (places.Min(place => place.X), places.Max(place => place.X));
            Assert.AreEqual((bottom - top + 1) * (right - left + 1), places.Count);

            var share = (float)places.Count / (Height * Width);
            var expected = new float[3];
            expected[i % 3] += 1 - share;
            expected[partner % 3] += share;
            for (var k = 0; k < 3; k++)
                Assert.AreEqual(expected[k], label[k], 1e-5f);
        }

        // The rectangle is empty only where its share is below that of a pixel's side.
        Assert.IsGreaterThan(0.9, mixed / (double)rows.Count);
    }

    [TestMethod]
    public void Areas_and_centres_are_those_of_the_definition()
    {
        // Of a large image, where rounding hardly shows: E[replaced share], from the definition by numerical integration over lambda and the centre.
        const int side = 64;
        var mixer = new CutMixMixer(new ImageLayout(1, side, side, 1), alpha: 1);
        var key = RandomKey.FromSeed(3);
        var draws = 20000;
        var sum = 0.0;
        for (var i = 0; i < draws; i++)
        {
            var random = new KeyedStream(key, (ulong)i);
            sum += 1 - mixer.Draw(ref random, new CategoryDraw([], 0));
        }

        // A side of r around a uniform centre keeps r - r^2 / 4 of the image's side on average; r^2 is uniform.
        var expected = Enumerable.Range(0, 100000).Select(i => Math.Sqrt((i + 0.5) / 100000)).Average(r => Math.Pow(r - r * r / 4, 2));
        Assert.AreEqual(expected, sum / draws, 0.01);
    }

    [TestMethod]
    public void Every_pixel_is_as_likely_to_be_the_centre()
    {
        var image = new ImageLayout(1, 5, 7, 1);
        var counts = new int[35];
        for (var i = 0; i < 35000; i++)
        {
            var random = new KeyedStream(RandomKey.FromSeed(4), (ulong)i);
            var centre = ImageRectangle.AroundRandomCentre(image, 1, 1, ref random);
            Assert.AreEqual(1, centre.Area);
            counts[centre.Top * 7 + centre.Left]++;
        }

        // Chi-squared with 34 degrees of freedom: 65 has a tail of 0.001.
        Assert.IsLessThan(65.2, counts.Sum(count => Math.Pow(count - 1000, 2) / 1000));
    }

    [TestMethod]
    public void Channels_first_and_last_give_the_same_picture()
    {
        var first = Mixed(new CutMixOptions { Seed = 2 }, ChannelOrder.ChannelsFirst);
        var last = Mixed(new CutMixOptions { Seed = 2 }, ChannelOrder.ChannelsLast);
        for (var i = 0; i < 500; i++)
        {
            for (var k = 0; k < Size; k++)
            {
                var (channel, y, x) = (k / (Height * Width), k / Width % Height, k % Width);
                Assert.AreEqual(first[i].Pixels[k], last[i].Pixels[(y * Width + x) * Channels + channel]);
            }
        }
    }

    [TestMethod]
    public void A_flat_vector_needs_a_shape_and_a_shape_must_fit()
    {
        var flat = Images(ChannelOrder.ChannelsFirst, Size);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.Augment(flat, new CutMixOptions()));
        Assert.Contains("Shape must be given", error.Message);
        Assert.Contains("'Features'", error.Message);

        error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.Augment(flat, new CutMixOptions { Shape = new ImageShape(10, 10, 3) }));
        Assert.Contains("3 x 10 x 10", error.Message);
        Assert.Contains("324", error.Message);

        var dimensioned = Images(ChannelOrder.ChannelsFirst, Channels, Height, Width);
        var turned = new CutMixOptions { Shape = new ImageShape(Width, Height, Channels) };
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.Augment(dimensioned, turned));
    }

    private static (int Y, int X) Place(int number, ChannelOrder order)
    {
        var pixel = order == ChannelOrder.ChannelsFirst ? number % (Height * Width) : number / Channels;
        return (pixel / Width, pixel % Width);
    }

    private List<(float[] Pixels, float[] Label)> Mixed(CutMixOptions options, ChannelOrder order)
    {
        var view = order == ChannelOrder.ChannelsFirst ? Images(order, Channels, Height, Width) : Images(order, Height, Width, Channels);
        var augmented = _ml.Data.Augment(_ml.Data.Cache(view), options with { Shape = new ImageShape(Height, Width, Channels, order) });
        return [.. augmented.GetColumn<float[]>("Features").Zip(augmented.GetColumn<float[]>("Label"))];
    }

    private IDataView Images(ChannelOrder order, params int[] dimensions)
    {
        _ = order;
        var definition = SchemaDefinition.Create(typeof(Picture));
        definition["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, Count).Select(i => new Picture { Features = [.. Enumerable.Repeat((float)i, Size)], Label = (uint)(i % 3) }), definition);
    }

    private sealed class Picture
    {
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
