using Microsoft.ML.Data;
using SkiaSharp;

namespace Microsoft.ML.Regularization.Tests.Inputs.ImageFolders;

[TestClass]
public sealed class ImageFolderTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("image-folder-").FullName;

    [TestInitialize]
    public void WritePhotos() => WritePhotos(_folder);

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Subfolders_are_labels_and_images_are_those_that_MLNET_decodes()
    {
        var view = _ml.Data.LoadFromImageFolder(_folder);
        CollectionAssert.AreEqual(new[] { "cat", "cat", "dog", "dog", "dog" }, view.GetColumn<string>("Label").ToArray());
        var paths = view.GetColumn<string>("ImagePath").ToArray();
        Assert.AreEqual(5, view.GetRowCount());
        foreach (var (image, path) in view.GetColumn<MLImage>("Image").Zip(paths))
        {
            using var expected = MLImage.CreateFromFile(path);
            Assert.AreEqual((expected.Width, expected.Height), (image.Width, image.Height));
            CollectionAssert.AreEqual(expected.Pixels.ToArray(), image.Pixels.ToArray(), path);
        }
    }

    [TestMethod]
    public void Shuffled_parallel_and_merged_cursors_give_the_rows_of_one()
    {
        var view = _ml.Data.LoadFromImageFolder(_folder);
        var paths = view.GetColumn<string>("ImagePath").ToList();
        CollectionAssert.AreEquivalent(paths, _ml.Data.ShuffleRows(view, seed: 3).GetColumn<string>("ImagePath").ToList());
        foreach (var n in new[] { 1, 2, 5, 9 })
        {
            var found = new List<string>();
            foreach (var cursor in view.GetRowCursorSet(view.Schema, n))
            {
                var (path, last) = (default(ReadOnlyMemory<char>), -1L);
                var getter = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["ImagePath"]);
                while (cursor.MoveNext())
                {
                    getter(ref path);
                    Assert.IsGreaterThan(last, cursor.Batch);
                    last = cursor.Batch;
                    found.Add(path.ToString());
                }

                Assert.IsFalse(cursor.MoveNext());
            }

            CollectionAssert.AreEquivalent(paths, found);
        }

        // ML.NET reads ahead by several cursors and merges them.
        var sized = _ml.Transforms.ResizeImages("Image", 4, 4).Append(_ml.Transforms.ExtractPixels("Pixels", "Image")).Fit(view).Transform(view);
        CollectionAssert.AreEqual(paths, sized.GetColumn<string>("ImagePath").ToList());
        Assert.AreEqual(5, sized.GetColumn<float[]>("Pixels").Count(pixels => pixels.Length == 48));
    }

    [TestMethod]
    [DataRow("cut", "is cut short")]
    [DataRow("text", "is not an image")]
    [DataRow("empty", "is an empty file")]
    public void An_image_that_cannot_be_decoded_is_named_or_skipped_and_an_error_when_it_is_read_unchecked(string kind, string fault)
    {
        var bad = Path.Combine(_folder, "cat", "bad.png");
        File.WriteAllBytes(bad, kind switch { "cut" => Encode(9, ".png")[..60], "text" => "no image at all"u8.ToArray(), _ => [] });
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromImageFolder(_folder));
        Assert.Contains($"1 image of 6 cannot be decoded: '{bad}' {fault}", error.Message);

        var log = new LogRecorder(_ml);
        Assert.AreEqual(5, _ml.Data.LoadFromImageFolder(_folder, UnreadableImages.Skip).GetRowCount());
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains(bad, StringComparison.Ordinal)));

        var unchecked_ = _ml.Data.LoadFromImageFolder(new ImageFolderOptions { Folder = _folder, ChecksImages = false });
        Assert.HasCount(6, unchecked_.GetColumn<string>("Label"));
        Assert.Contains($"'{bad}' {fault}", Assert.ThrowsExactly<FormatException>(() => unchecked_.GetColumn<MLImage>("Image").ToList()).Message);
    }

    [TestMethod]
    public void A_cut_jpeg_and_many_bad_files_are_counted_and_ten_are_named()
    {
        for (var i = 10; i < 22; i++)
            File.WriteAllBytes(Path.Combine(_folder, "dog", i + ".jpg"), Encode(i, ".jpg")[..^200]);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromImageFolder(_folder));
        Assert.Contains("12 images of 17 cannot be decoded", error.Message);
        Assert.Contains("and 2 more", error.Message);
    }

    [TestMethod]
    public void Files_that_are_no_images_and_empty_folders_are_warned_of()
    {
        var log = new LogRecorder(_ml);
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "");
        File.WriteAllBytes(Path.Combine(_folder, "loose.png"), Encode(1, ".png"));
        Directory.CreateDirectory(Path.Combine(_folder, "bird"));
        Assert.AreEqual(5, _ml.Data.LoadFromImageFolder(_folder).GetRowCount());
        var warnings = string.Join('\n', log.Warnings);
        foreach (var name in new[] { "2 files", "notes.txt", "loose.png", "no label 'bird'" })
            Assert.Contains(name, warnings);
    }

    [TestMethod]
    public void A_folder_that_is_missing_or_without_images_is_an_error_that_says_what_is_wanted()
    {
        var missing = Path.Combine(_folder, "missing");
        Assert.Contains("does not exist", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromImageFolder(missing)).Message);
        var flat = Path.Combine(_folder, "dog");
        Directory.Delete(Path.Combine(flat, "deeper"), recursive: true);
        Assert.Contains("Each subfolder is a label", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromImageFolder(flat)).Message);
    }

    /// <summary>Five photos in the subfolders cat and dog.</summary>
    internal static void WritePhotos(string folder)
    {
        foreach (var (label, number) in new[] { ("cat", 1), ("cat", 2), ("dog", 1), ("dog", 2), ("dog", 3) })
        {
            Directory.CreateDirectory(Path.Combine(folder, label, "deeper"));
            var ending = number switch { 1 => ".jpg", 2 => ".PNG", _ => ".webp" };
            File.WriteAllBytes(Path.Combine(folder, label, number == 2 ? "deeper" : "", number + ending), Encode(label.Length + number, ending));
        }
    }

    private static byte[] Encode(int seed, string ending)
    {
        using var bitmap = new SKBitmap(24 + seed, 18, SKColorType.Bgra8888, SKAlphaType.Premul);
        var random = new Random(seed);
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
                bitmap.SetPixel(x, y, new SKColor((byte)random.Next(256), (byte)(9 * x), (byte)(13 * y)));
        }

        var format = ending switch { ".jpg" => SKEncodedImageFormat.Jpeg, ".webp" => SKEncodedImageFormat.Webp, _ => SKEncodedImageFormat.Png };
        return bitmap.Encode(format, 90).ToArray();
    }
}
