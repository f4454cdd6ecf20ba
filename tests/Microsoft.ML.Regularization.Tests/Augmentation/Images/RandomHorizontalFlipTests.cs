namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class RandomHorizontalFlipTests
{
    [TestMethod]
    [DataRow(4, 6, 3)]
    [DataRow(5, 7, 1)]
    [DataRow(3, 1, 2)]
    [DataRow(1, 40, 1)]
    public void Columns_change_places(int height, int width, int channels)
    {
        var shape = new ImageShape(height, width, channels);
        var pixels = Drawings.Random(shape);
        var flipped = Drawings.Augment(new RandomHorizontalFlipOptions(), shape, pixels, 1).Single();
        CollectionAssert.AreEqual(Drawings.Of(shape, (channel, y, x) => pixels.At(shape, channel, y, width - 1 - x)), flipped);
        CollectionAssert.AreEqual(pixels, Drawings.Augment(new RandomHorizontalFlipOptions(), shape, flipped, 1).Single());
    }

    [TestMethod]
    public void By_itself_it_mirrors_every_second_image()
    {
        const int rows = 4000;
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(rows));
        var flipped = ml.Data.Augment(view, new RandomHorizontalFlipOptions { Shape = new(2, 2) }).Read();
        var count = 0;
        foreach (var (before, after) in view.Read().Zip(flipped))
        {
            float[] mirrored = [before.Features[1], before.Features[0], before.Features[3], before.Features[2]];
            var isMirrored = mirrored.SequenceEqual(after.Features);
            Assert.IsTrue(isMirrored || before.Features.SequenceEqual(after.Features));
            count += isMirrored ? 1 : 0;
        }

        Assert.AreEqual(0.5, count / (double)rows, 0.03);
    }
}
