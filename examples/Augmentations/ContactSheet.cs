using SkiaSharp;

namespace Augmentations;

/// <summary>Pictures in rows, each row with a caption.</summary>
internal sealed class ContactSheet(int columns, int side) : IDisposable
{
    private const int Gap = 6;
    private const int Caption = 190;

    private readonly List<(string Caption, List<SKBitmap> Pictures)> _rows = [];

    /// <summary>Adds a row of pictures, of channels x height x width numbers from 0 to <paramref name="white"/>.</summary>
    public void Add(string caption, IEnumerable<float[]> pictures, int channels, float white, bool isInk) =>
        _rows.Add((caption, [.. pictures.Take(columns).Select(pixels => Draw(pixels, channels, white, isInk))]));

    public void Save(string path)
    {
        using var sheet = new SKBitmap(Caption + columns * (side + Gap) + Gap, _rows.Count * (side + Gap) + Gap);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        using var paint = new SKPaint { Color = SKColors.Black, TextSize = 15, IsAntialias = true };
        for (var row = 0; row < _rows.Count; row++)
        {
            var top = Gap + row * (side + Gap);
            canvas.DrawText(_rows[row].Caption, Gap, top + side / 2f + 5, paint);
            for (var column = 0; column < _rows[row].Pictures.Count; column++)
                canvas.DrawBitmap(_rows[row].Pictures[column], SKRect.Create(Caption + column * (side + Gap), top, side, side));
        }

        using var data = sheet.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        data.SaveTo(file);
    }

    public void Dispose()
    {
        foreach (var picture in _rows.SelectMany(row => row.Pictures))
            picture.Dispose();
    }

    private static SKBitmap Draw(float[] pixels, int channels, float white, bool isInk)
    {
        var side = (int)Math.Sqrt(pixels.Length / channels);
        var picture = new SKBitmap(side, side);
        for (var pixel = 0; pixel < side * side; pixel++)
        {
            var color = new SKColor(Level(0), Level(channels / 2), Level(channels - 1));
            picture.SetPixel(pixel % side, pixel / side, color);

            byte Level(int channel)
            {
                var level = Math.Clamp(pixels[channel * side * side + pixel] / white, 0, 1);
                return (byte)Math.Round(255 * (isInk ? 1 - level : level));
            }
        }

        return picture;
    }
}
