using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

/// <summary>Image augmentations of columns of ML.NET's images.</summary>
[TestClass]
public sealed class MLImageTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> BeforeAndBehind =>
    [
        [new CutoutOptions { HoleSize = 3, Holes = 2, Fill = 100 }, 0.0],
        [new CutoutOptions { HoleSize = 5, Probability = 0.5 }, 0.0],
        [new RandomCropOptions(), 0.0],
        [new RandomCropOptions { Padding = 2, PaddingMode = PaddingMode.Edge }, 0.0],
        [new RandomHorizontalFlipOptions(), 0.0],
        [new RandomVerticalFlipOptions(), 0.0],
        [new RandomErasingOptions { Probability = 1 }, 0.501],
        [new RandomResizedCropOptions(), 0.501],
        [new RandomRotationOptions(), 0.501],
        [new ColorJitterOptions(), 0.501],
        [new TrivialAugmentOptions { Probability = 0.8 }, 0.501],
        [new RandAugmentOptions(), 0.501],
    ];

    [TestMethod]
    [DynamicData(nameof(BeforeAndBehind))]
    public void Before_extraction_it_does_what_it_does_behind(ImageAugmentationOptions options, double rounding)
    {
        // One column under one name, so that the draws are the same. Bytes come out rounded.
        options = options with { FeatureColumnName = "Image", Seed = 3 };
        foreach (var format in new[] { MLPixelFormat.Rgba32, MLPixelFormat.Bgra32 })
        {
            var extract = _ml.Transforms.ExtractPixels("Image");
            var before = extract.Fit(Sized(1, format)).Transform(_ml.Data.Augment(Sized(40, format), options));
            var behind = _ml.Data.Augment(extract.Fit(Sized(1, format)).Transform(Sized(40, format)), options);
            foreach (var (first, second) in Vectors(before).Zip(Vectors(behind)))
                Pictures.AssertClose(second, first, rounding, options.Name);
        }
    }

    [TestMethod]
    public void Every_image_may_have_its_own_size_and_keeps_format_tag_and_transparency()
    {
        List<Photo> rows =
        [
            .. Enumerable.Range(0, 30).Select(i => new Photo { Image = i % 5 == 4 ? null : Random(3 + i % 4, 5 + i % 3, i % 2 == 0 ? MLPixelFormat.Rgba32 : MLPixelFormat.Bgra32, i) }),
        ];
        var originals = rows.ConvertAll(row => row.Image?.Pixels.ToArray());
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(rows), new ColorJitterOptions { FeatureColumnName = "Image", Probability = 0.5, Seed = 1 });
        var changed = 0;
        using (var cursor = view.GetRowCursor(view.Schema))
        {
            var getter = cursor.GetGetter<MLImage?>(view.Schema["Image"]);
            MLImage? image = null;
            for (var i = 0; cursor.MoveNext(); i++)
            {
                var before = image;
                getter(ref image);
                if (before is not null)
                    Assert.Throws<InvalidOperationException>(() => before.Width, "an image that was handed back is disposed");
                var source = rows[i].Image;
                if (source is null)
                {
                    Assert.IsNull(image);
                    continue;
                }

                Assert.AreNotSame(source, image, "also where it is not changed: whoever reads it may dispose it");
                Assert.AreEqual((source.Width, source.Height, source.PixelFormat, source.Tag), (image!.Width, image.Height, image.PixelFormat, image.Tag));
                for (var pixel = 3; pixel < image.Pixels.Length; pixel += 4)
                    Assert.AreEqual(source.Pixels[pixel], image.Pixels[pixel]);
                changed += image.Pixels.SequenceEqual(source.Pixels) ? 0 : 1;
            }

            image?.Dispose();
        }

        Assert.IsInRange(6, 18, changed);
        for (var i = 0; i < rows.Count; i++)
            CollectionAssert.AreEqual(originals[i], rows[i].Image?.Pixels.ToArray(), "the source's images live on, and are what they were");
    }

    [TestMethod]
    public void Passes_and_parallel_cursors_agree()
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Photo { Image = Random(4 + i % 7, 5, MLPixelFormat.Rgba32, i) }).ToList());
        var view = _ml.Data.Augment(rows, new TrivialAugmentOptions { FeatureColumnName = "Image", Seed = 1 });
        var serial = Read([view.GetRowCursor(view.Schema)]);
        CollectionAssert.AreEqual(serial, Read([view.GetRowCursor(view.Schema)]));
        CollectionAssert.AreEquivalent(serial, Read(view.GetRowCursorSet(view.Schema, 4)));
        CollectionAssert.AreNotEqual(serial, Read([view.InPass(2).GetRowCursor(view.Schema)]));
        CollectionAssert.AreEquivalent(serial, Read([view.GetRowCursor(view.Schema, new Random(2))]));

        static List<string> Read(DataViewRowCursor[] cursors)
        {
            var read = new List<string>();
            foreach (var cursor in cursors)
            {
                using (cursor)
                {
                    var getter = cursor.GetGetter<MLImage>(cursor.Schema["Image"]);
                    MLImage image = null!;
                    while (cursor.MoveNext())
                    {
                        getter(ref image);
                        read.Add(Convert.ToHexString(image.Pixels));
                    }

                    image?.Dispose();
                }
            }

            return read;
        }
    }

    [TestMethod]
    public void Held_out_images_stay_as_they_are()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new Photo { Image = Random(4, 4, MLPixelFormat.Rgba32, i) }).ToList();
        var marked = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(rows), new HoldOutOptions { Fraction = 0.4 });
        var view = _ml.Data.Augment(marked, new CutoutOptions { FeatureColumnName = "Image", HoleSize = 4, Fill = 300 });
        using var cursor = view.GetRowCursor(view.Schema);
        var mark = cursor.GetGetter<bool>(view.Schema[HeldOutMark.ColumnName]);
        var getter = cursor.GetGetter<MLImage>(view.Schema["Image"]);
        MLImage image = null!;
        var heldOut = 0;
        for (var i = 0; cursor.MoveNext(); i++)
        {
            var isHeldOut = false;
            mark(ref isHeldOut);
            getter(ref image);
            Assert.AreEqual(isHeldOut, image.Pixels.SequenceEqual(rows[i].Image!.Pixels));
            heldOut += isHeldOut ? 1 : 0;
        }

        image.Dispose();
        Assert.IsInRange(20, 60, heldOut);
    }

    [TestMethod]
    public void A_pipeline_from_files_trains_predicts_and_loads_in_a_fresh_context()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            // Reddish and bluish images of many sizes.
            var files = Enumerable.Range(0, 24).Select(i =>
            {
                var name = $"{i}.png";
                using var image = Random(8 + i % 5, 9 + i % 3, MLPixelFormat.Rgba32, i, opaque: true, red: i % 2 == 0 ? 1 : 0.2, blue: i % 2 == 0 ? 0.2 : 1);
                image.Save(Path.Combine(folder.FullName, name));
                return new File { Id = i, Path = name, IsRed = i % 2 == 0 };
            }).ToList();
            var view = _ml.Data.LoadFromEnumerable(files);
            var capture = new CapturingEstimator(_ml);
            var pipeline = _ml.Transforms.LoadImages("Image", folder.FullName, "Path")
                .Append(_ml.Transforms.ColorJitter("Image", hue: 0.02))
                .Append(_ml.Transforms.Cutout("Image", holeSize: 4, probability: 0.5))
                .Append(_ml.Transforms.ResizeImages("Image", 6, 6))
                .Append(_ml.Transforms.ExtractPixels("Features", "Image", scaleImage: 1 / 255f))
                .Append(capture)
                .Append(_ml.BinaryClassification.Trainers.SdcaLogisticRegression("IsRed"));
            var model = pipeline.Fit(view);

            var trained = capture.FittedOn!.GetColumn<VBuffer<float>>("Features").Select(row => row.DenseValues().ToArray()).ToList();
            var scored = model.Transform(view).GetColumn<VBuffer<float>>("Features").Select(row => row.DenseValues().ToArray()).ToList();
            Assert.IsTrue(trained.Zip(scored, (changed, plain) => !changed.SequenceEqual(plain)).All(isOther => isOther), "all training images are changed");

            using var file = new MemoryStream();
            _ml.Model.Save(model, view.Schema, file);
            file.Position = 0;
            var loaded = new MLContext().Model.Load(file, out _);
            using var engine = _ml.Model.CreatePredictionEngine<File, Prediction>(model);
            using var fresh = new MLContext().Model.CreatePredictionEngine<File, Prediction>(loaded);
            foreach (var (row, plain) in files.Zip(scored))
            {
                var prediction = engine.Predict(row);
                Assert.AreEqual(row.IsRed, prediction.PredictedLabel);
                Assert.AreEqual(prediction.Score, fresh.Predict(row).Score);
                CollectionAssert.AreEqual(plain, prediction.Features, "predictions see images as they are");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void A_size_that_is_known_is_checked_before_any_row()
    {
        var rows = Sized(1, MLPixelFormat.Rgba32);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Cutout("Image", holeSize: 13).Fit(rows));
        Assert.Contains("'Image'", error.Message);
        _ml.Transforms.Cutout("Image", holeSize: 12).Fit(rows);
    }

    private static List<float[]> Vectors(IDataView view) => [.. view.GetColumn<VBuffer<float>>("Image").Select(row => row.DenseValues().ToArray())];

    private IDataView Sized(int count, MLPixelFormat format) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new SizedPhoto { Image = Random(12, 9, format, i) }).ToList());

    private static MLImage Random(int height, int width, MLPixelFormat format, int seed, bool opaque = false, double red = 1, double blue = 1)
    {
        var random = new Random(seed);
        var pixels = new byte[height * width * 4];
        random.NextBytes(pixels);
        for (var i = 0; i < pixels.Length; i += 4)
        {
            pixels[i] = (byte)(pixels[i] * red);
            pixels[i + 2] = (byte)(pixels[i + 2] * blue);
            if (opaque)
                pixels[i + 3] = 255;
        }

        var image = MLImage.CreateFromPixels(width, height, format, pixels);
        image.Tag = "image " + seed;
        return image;
    }

    private sealed class Photo
    {
        [UnsizedImage]
        public MLImage? Image { get; set; }
    }

    private sealed class SizedPhoto
    {
        [ImageType(12, 9)]
        public MLImage? Image { get; set; }
    }

    private sealed class File
    {
        public int Id { get; set; }

        public string Path { get; set; } = "";

        public bool IsRed { get; set; }
    }

    private sealed class Prediction
    {
        public float[] Features { get; set; } = [];

        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }
}
