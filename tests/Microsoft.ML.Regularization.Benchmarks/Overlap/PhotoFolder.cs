using SkiaSharp;
using Microsoft.ML.Regularization.Benchmarks.Training;

namespace Microsoft.ML.Regularization.Benchmarks.Overlap;

/// <summary>Noisy pictures in ten subfolders, decoded and made smaller while they are read.</summary>
internal static class PhotoFolder
{
    public static ImageShape Shape { get; } = new(32, 32, 3);

    private const int Side = 128;

    /// <summary>Opens the pictures, which are made where they are not there.</summary>
    public static IDataView Load(MLContext ml, string folder, int rows)
    {
        var photos = Path.Combine(folder, "photos");
        if (!Directory.Exists(photos))
            Write(photos, rows);
        var view = ml.Data.LoadFromImageFolder(photos);
        return ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.ResizeImages("Image", Shape.Width, Shape.Height))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Fit(view).Transform(view);
    }

    private static void Write(string folder, int rows)
    {
        var random = new Random(1);
        using var bitmap = new SKBitmap(Side, Side);
        for (var row = 0; row < rows; row++)
        {
            var (hue, pixels) = (random.Next(360), new SKColor[Side * Side]);
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = SKColor.FromHsv(hue, i / Side * 100f / Side, 50 + random.Next(50));
            bitmap.Pixels = pixels;
            var path = Path.Combine(folder, $"{row % Workload.Classes}", $"{row}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            bitmap.Encode(file, SKEncodedImageFormat.Jpeg, quality: 90);
        }
    }
}
