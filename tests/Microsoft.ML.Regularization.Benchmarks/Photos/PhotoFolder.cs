using SkiaSharp;

namespace Microsoft.ML.Regularization.Benchmarks.Photos;

/// <summary>Pictures in ten subfolders, as large and about as detailed as photographs of usual collections, decoded and made smaller while they are read.</summary>
internal static class PhotoFolder
{
    /// <summary>That of the pictures when they are read, in the order of <c>ExtractPixels</c>.</summary>
    public static ImageShape Shape { get; } = new(Side, Side, 3);

    public const int Side = 224;

    private const int Width = 500;
    private const int Height = 375;
    private const int Classes = 10;

    /// <summary>Opens the pictures, which are made where they are not there.</summary>
    public static IDataView Load(MLContext ml, string folder, int rows)
    {
        var photos = Path.Combine(folder, "photos");
        if (!Directory.Exists(photos))
            Write(photos, rows);
        var view = ml.Data.LoadFromImageFolder(new ImageFolderOptions { Folder = photos, ChecksImages = false });
        return ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.ResizeImages("Image", Shape.Width, Shape.Height))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Fit(view).Transform(view);
    }

    private static void Write(string folder, int rows)
    {
        var random = new Random(1);
        using var bitmap = new SKBitmap(Width, Height);
        for (var row = 0; row < rows; row++)
        {
            var (hue, pixels) = (random.Next(360), new SKColor[Width * Height]);
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = SKColor.FromHsv(hue, i / Width * 100f / Height, 50 + random.Next(20));
            bitmap.Pixels = pixels;
            var path = Path.Combine(folder, $"{row % Classes}", $"{row}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            bitmap.Encode(file, SKEncodedImageFormat.Jpeg, quality: 85);
        }
    }
}
