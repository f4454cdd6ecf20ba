using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class CutoutTests
{
    private static readonly ImageShape Shape = new(7, 10, 2);

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 1)]
    [DataRow(4, 1)]
    [DataRow(4, 3)]
    [DataRow(10, 1)]
    public void Holes_are_where_their_centres_say_and_hold_the_fill(int size, int holes)
    {
        var pixels = Drawings.Random(Shape);
        var row = 0;
        foreach (var result in Drawings.Augment(new CutoutOptions { HoleSize = size, Holes = holes, Fill = -2.5 }, Shape, pixels, 200))
        {
            var random = Drawings.Stream(row++);
            var centres = Enumerable.Range(0, holes).Select(_ => (Y: random.NextInt64(Shape.Height), X: random.NextInt64(Shape.Width))).ToList();
            var expected = Drawings.Of(Shape, (channel, y, x) => centres.Exists(centre => IsCovered(y, centre.Y) && IsCovered(x, centre.X))
                ? -2.5
                : pixels.At(Shape, channel, y, x));
            CollectionAssert.AreEqual(expected, result);
        }

        // A hole of even size has its centre right of and below the middle.
        bool IsCovered(int place, long centre) => place - centre >= -(size / 2) && place - centre < (size + 1) / 2;
    }

    [TestMethod]
    public void Centres_are_uniform()
    {
        var counts = new long[Shape.Height * Shape.Width];
        foreach (var result in Drawings.Augment(new CutoutOptions { HoleSize = 1, Fill = -1 }, Shape, Drawings.Random(Shape), 30_000))
            counts[Array.IndexOf(result, -1)]++;
        Assert.IsLessThan(4.0, GoodnessOfFit.UniformChiSquare(counts));
    }

    [TestMethod]
    public void Holes_are_clipped_at_the_border_and_not_moved_inside()
    {
        const int size = 4;
        const int rows = 20_000;
        var areas = Drawings.Augment(new CutoutOptions { HoleSize = size, Fill = -1 }, Shape, Drawings.Random(Shape), rows)
            .Select(result => result.Count(value => value == -1) / Shape.Channels).ToList();
        Assert.AreEqual(Extents(Shape.Height).Average() * Extents(Shape.Width).Average(), areas.Average(), 0.1);
        Assert.AreEqual(2 * 2, areas.Min());
        Assert.AreEqual(size * size, areas.Max());

        static IEnumerable<int> Extents(int side) =>
            Enumerable.Range(0, side).Select(centre => Math.Min(side, centre + size / 2) - Math.Max(0, centre - size / 2));
    }
}
