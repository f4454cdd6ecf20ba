namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

/// <summary>What holds for every augmentation that moves or overwrites pixels.</summary>
[TestClass]
public sealed class ImageGeometryTests
{
    private static IEnumerable<object[]> Cases => new ImageAugmentationOptions[]
    {
        new CutoutOptions { HoleSize = 3, Holes = 2, Fill = 0.5 },
        new RandomCropOptions { Padding = 2, Fill = 0.5 },
        new RandomCropOptions { Padding = 4, PaddingMode = PaddingMode.Reflect },
        new RandomCropOptions { Padding = 9, PaddingMode = PaddingMode.Edge },
        new RandomHorizontalFlipOptions(),
        new RandomVerticalFlipOptions(),
        new RandomRotationOptions { MaxDegrees = 180, Fill = 0.5 },
        new RandomResizedCropOptions(),
        new RandomErasingOptions { Fill = 2 },
        new RandomErasingOptions { FillMode = ErasingFill.Mean },
        new RandomErasingOptions { FillMode = ErasingFill.Noise },
    }.Select(options => new object[] { options });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Both_orders_of_channels_give_the_same_picture(ImageAugmentationOptions options)
    {
        // Pixels of one to six numbers take different ways through some of them.
        for (var channels = 1; channels <= 6; channels++)
        {
            var shape = new ImageShape(5, 7, channels);
            var pixels = Drawings.Random(shape);
            var planes = Drawings.Augment(options, shape, pixels, 20);
            var interleaved = Drawings.Augment(options, shape with { Order = ChannelOrder.ChannelsLast }, Drawings.ToChannelsLast(shape, pixels), 20);
            foreach (var (first, last) in planes.Zip(interleaved))
                Drawings.AssertEqual(Drawings.ToChannelsLast(shape, first), last, 1e-6);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Images_of_any_size_are_written_whole_and_left_as_they_were(ImageAugmentationOptions options)
    {
        foreach (var shape in new ImageShape[] { new(1, 1), new(1, 1, 3), new(1, 9, 2), new(9, 1), new(2, 2), new(31, 3, 2), new(16, 16, 1, ChannelOrder.ChannelsLast) })
        {
            if (options is RandomCropOptions { PaddingMode: PaddingMode.Reflect } && Math.Min(shape.Height, shape.Width) <= 4)
                continue;
            var pixels = Drawings.Random(shape);
            foreach (var result in Drawings.Augment(options, shape, pixels, 50))
                Assert.IsTrue(result.All(float.IsFinite), $"{shape}");
            CollectionAssert.AreEqual(Drawings.Random(shape), pixels);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Rows_cost_no_memory(ImageAugmentationOptions options)
    {
        var layout = new ImageShape(16, 16, 3).Layout;
        var operation = options.CreateOperation(layout);
        var (source, result) = (new float[layout.Size], new float[layout.Size]);
        Apply(0, 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Apply(20, 200);
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());

        void Apply(int first, int last)
        {
            for (var row = first; row < last; row++)
            {
                var random = Drawings.Stream(row);
                operation.Apply(source, result, ref random);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Probability_is_the_share_of_changed_images(ImageAugmentationOptions options)
    {
        const int rows = 4000;
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(rows));
        var original = view.Read();
        var shape = new ImageShape(2, 2);
        options = options switch
        {
            CutoutOptions cutout => cutout with { HoleSize = 2 },
            RandomCropOptions crop => crop with { Padding = 1 },
            _ => options,
        };
        var always = Share(1);
        Assert.IsGreaterThan(0.5, always);
        Assert.AreEqual(0, Share(0));
        Assert.AreEqual(0.3 * always, Share(0.3), 0.035);

        double Share(double probability)
        {
            var augmented = ml.Data.Augment(view, options with { Shape = shape, Probability = probability }).Read();
            return original.Zip(augmented, (before, after) => !before.Features.SequenceEqual(after.Features)).Count(isChanged => isChanged) / (double)rows;
        }
    }
}
