using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class RandomRotationTests
{
    [TestMethod]
    [DataRow(15.0)]
    [DataRow(180.0)]
    public void Angles_are_uniform_to_either_side(double maxDegrees)
    {
        // Of a slope, bilinear samples are exact: the pixel beside the centre shows where it was.
        var shape = new ImageShape(5, 5, 2);
        var slopes = Drawings.Of(shape, (channel, y, x) => channel == 0 ? x - 2 : y - 2);
        var angles = Drawings.Augment(new RandomRotationOptions { MaxDegrees = maxDegrees }, shape, slopes, 10_000)
            .Select(result => Math.Atan2(result.At(shape, 1, 2, 3), result.At(shape, 0, 2, 3)) * 180 / Math.PI);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(angles, angle => Math.Clamp((angle + maxDegrees) / (2 * maxDegrees), 0, 1)));
    }

    [TestMethod]
    public void What_turns_into_the_image_is_the_fill()
    {
        var shape = new ImageShape(9, 9);
        var ones = Drawings.Of(shape, (_, _, _) => 1);
        foreach (var result in Drawings.Augment(new RandomRotationOptions { MaxDegrees = 45, Fill = 3 }, shape, ones, 50))
        {
            // About the centre nothing changes, and all blends lie between image and fill.
            Assert.AreEqual(1, result.At(shape, 0, 4, 4), 1e-5);
            Assert.IsTrue(result.All(value => value is > 0.9999f and < 3.0001f));
        }

        Assert.IsGreaterThan(
            2.5f, Drawings.Augment(new RandomRotationOptions { MaxDegrees = 45, Fill = 3 }, shape, ones, 50).Max(result => result.At(shape, 0, 0, 0)));
    }

    [TestMethod]
    public void MaxDegrees_0_leaves_the_view_as_it_is()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(20));
        Assert.AreSame(view, ml.Data.Augment(view, new RandomRotationOptions { MaxDegrees = 0, Shape = new(2, 2) }));
    }
}
