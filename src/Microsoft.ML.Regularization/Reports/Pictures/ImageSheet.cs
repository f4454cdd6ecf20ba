using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Images side by side in one picture, each enlarged by whole pixels where it is small.</summary>
/// <param name="columns">Images in a row.</param>
internal sealed class ImageSheet(int columns)
{
    private const int Gap = 4;
    private const int LeastSide = 64;
    private const int Channels = 4;
    private const byte Paper = 255;

    /// <summary>The picture.</summary>
    /// <param name="tiles">At least one.</param>
    public MLImage Draw(IReadOnlyList<ImageTile> tiles)
    {
        var side = tiles.Max(tile => Math.Max(tile.Width, tile.Height));
        var scale = Math.Max(1, (LeastSide + side - 1) / side);
        var cell = side * scale + Gap;
        var (width, height) = (Math.Min(columns, tiles.Count) * cell + Gap, (tiles.Count + columns - 1) / columns * cell + Gap);
        var pixels = new byte[width * height * Channels];
        pixels.AsSpan().Fill(Paper);
        foreach (var (place, tile) in tiles.Index())
            Put(tile, scale, pixels.AsSpan((place / columns * cell + Gap) * width * Channels), width, place % columns * cell + Gap);
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>Writes a picture as PNG into a file, which is at every moment the old one or the new one, whole.</summary>
    public static void Write(MLImage picture, string path)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.png";
        try
        {
            picture.Save(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
            picture.Dispose();
        }
    }

    private static void Put(ImageTile tile, int scale, Span<byte> rows, int width, int left)
    {
        var target = MemoryMarshal.Cast<byte, int>(rows);
        var source = MemoryMarshal.Cast<byte, int>(tile.Bgra);
        for (var y = 0; y < tile.Height * scale; y++)
        {
            for (var x = 0; x < tile.Width * scale; x++)
                target[y * width + left + x] = source[y / scale * tile.Width + x / scale];
        }
    }
}
