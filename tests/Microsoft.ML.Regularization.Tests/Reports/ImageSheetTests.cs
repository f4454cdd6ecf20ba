using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Documentation;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;
using static Microsoft.ML.Regularization.Tests.Refusal;

namespace Microsoft.ML.Regularization.Tests.Reports;

/// <summary>Pictures of rows, read back pixel by pixel.</summary>
[TestClass]
public sealed class ImageSheetTests
{
    private const int Gap = 4;
    private const int Cell = 64 + Gap;

    private static readonly MLContext Ml = new(seed: 1);

    private static IEnumerable<object[]> Cases =>
    [
        Case("a file that is no PNG", () => Plot(Grey([0, 1]), "rows.jpg"), "'rows.jpg'", ".png"),
        Case("images without a shape", () => Plot(Ml.Data.LoadFromEnumerable(new[] { new Flat() }), "rows.png"), "Shape must be given"),
        Case("a column that is missing", () => Plot(Grey([0, 1]), "rows.png", new ImageSheetOptions { ImageColumnName = "Pixels" }), "no column 'Pixels'"),
        Case("a column of labels", () => Plot(Grey([0, 1]), "rows.png", new ImageSheetOptions { ImageColumnName = "Name" }), "Column 'Name' is String", "Preview"),
        Case("no rows", () => Plot(Ml.Data.LoadFromEnumerable(Array.Empty<Image>()), "rows.png"), "no rows"),
        Case("Columns", () => Plot(Grey([0, 1]), "rows.png", new ImageSheetOptions { Columns = 0 }), "Columns", "0"),
    ];

    /// <summary>Two rows of two pixels: what is 0 and 1 is black and white, each pixel 32 times as large, and images stand side by side.</summary>
    [TestMethod]
    public void Shares_are_shown_as_they_are()
    {
        using var folder = new TemporaryFolder();
        Ml.Data.PlotImages(Grey([0, 1], [1, 0.5f], [0.25f, 0.25f]), folder["rows.png"], new ImageSheetOptions { Columns = 2 });
        using var picture = MLImage.CreateFromFile(folder["rows.png"]);
        Assert.AreEqual((2 * Cell + Gap, 2 * Cell + Gap), (picture.Width, picture.Height));
        Assert.AreEqual(0, At(picture, Gap, Gap));
        Assert.AreEqual(255, At(picture, Gap + 63, Gap + 31));
        Assert.AreEqual(255, At(picture, Cell + Gap, Gap));
        Assert.AreEqual(128, At(picture, Cell + Gap + 32, Gap));
        Assert.AreEqual(64, At(picture, Gap, Cell + Gap));
        Assert.AreEqual(255, At(picture, 0, 0));
    }

    [TestMethod]
    public void Other_numbers_go_from_the_least_to_the_greatest()
    {
        using var folder = new TemporaryFolder();
        Ml.Data.PlotImages(Grey([-2, 2], [0, 1]), folder["rows.png"]);
        using var picture = MLImage.CreateFromFile(folder["rows.png"]);
        CollectionAssert.AreEqual(
            new[] { 0, 255, 128, 191 }, new[] { At(picture, Gap, Gap), At(picture, Gap + 32, Gap), At(picture, Cell + Gap, Gap), At(picture, Cell + Gap + 32, Gap) });
    }

    [TestMethod]
    public void Colors_keep_their_places()
    {
        using var folder = new TemporaryFolder();
        var rows = Ml.Data.LoadFromEnumerable(new[] { new Flat { Features = [255, 0, 0, 0, 128, 0] } });
        Ml.Data.PlotImages(rows, folder["rows.png"], new ImageSheetOptions { Shape = new ImageShape(1, 2, 3, ChannelOrder.ChannelsLast) });
        using var picture = MLImage.CreateFromFile(folder["rows.png"]);
        CollectionAssert.AreEqual(new[] { 255, 0, 0 }, Color(picture, Gap, Gap));
        CollectionAssert.AreEqual(new[] { 0, 128, 0 }, Color(picture, Gap + 32, Gap));
    }

    [TestMethod]
    public void Digits_are_drawn_as_the_page_has_it()
    {
        var rows = Ml.Data.LoadFromTextFile("digits.csv", [new("Features", DataKind.Single, 1, 64)], separatorChar: ',', hasHeader: true);
        ReadmeSnippets.PlotImages(Ml, rows);
        using var picture = MLImage.CreateFromFile("augmented.png");
        Assert.AreEqual((8 * Cell + Gap, 3 * Cell + Gap), (picture.Width, picture.Height));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static string Plot(IDataView rows, string path, ImageSheetOptions? options = null)
    {
        Ml.Data.PlotImages(rows, path, options);
        return path;
    }

    private static IDataView Grey(params float[][] images) => Ml.Data.LoadFromEnumerable(images.Select(pixels => new Image { Features = pixels }).ToList());

    private static int At(MLImage picture, int x, int y) => Color(picture, x, y)[0];

    private static int[] Color(MLImage picture, int x, int y)
    {
        var pixel = picture.Pixels.Slice((y * picture.Width + x) * 4, 4);
        return picture.PixelFormat == MLPixelFormat.Bgra32 ? [pixel[2], pixel[1], pixel[0]] : [pixel[0], pixel[1], pixel[2]];
    }

    private sealed class Image
    {
        [VectorType(1, 2)]
        public float[] Features { get; set; } = [];

        public string Name { get; set; } = "";
    }

    private sealed class Flat
    {
        [VectorType(6)]
        public float[] Features { get; set; } = new float[6];
    }
}
