namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class RandomVerticalFlipTests
{
    [TestMethod]
    [DataRow(4, 6, 3)]
    [DataRow(5, 7, 1)]
    [DataRow(1, 3, 2)]
    public void Rows_change_places(int height, int width, int channels)
    {
        var shape = new ImageShape(height, width, channels);
        var pixels = Drawings.Random(shape);
        var flipped = Drawings.Augment(new RandomVerticalFlipOptions(), shape, pixels, 1).Single();
        CollectionAssert.AreEqual(Drawings.Of(shape, (channel, y, x) => pixels.At(shape, channel, height - 1 - y, x)), flipped);
        CollectionAssert.AreEqual(pixels, Drawings.Augment(new RandomVerticalFlipOptions(), shape, flipped, 1).Single());
    }

    [TestMethod]
    public void By_itself_it_mirrors_every_second_image()
    {
        const int rows = 4000;
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(rows));
        var flipped = ml.Data.Augment(view, new RandomVerticalFlipOptions { Shape = new(2, 2) }).Read();
        var count = view.Read().Zip(flipped, (before, after) => before.Features[0] == after.Features[2]).Count(isMirrored => isMirrored);
        Assert.AreEqual(0.5, count / (double)rows, 0.03);
    }
}
