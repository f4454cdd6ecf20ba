using SkiaSharp;

namespace Augmentations;

/// <summary>Two features of a table's rows as points, before and after: a panel for each transform.</summary>
internal sealed class ScatterSheet(int panels)
{
    private const int Side = 230;
    private const int Gap = 14;
    private const int Caption = 24;

    private readonly List<(string Caption, (float X, float Y)[] Before, (float X, float Y)[] After)> _panels = new(panels);

    /// <summary>Adds a panel; points are scaled by the range of those before.</summary>
    public void Add(string caption, (float X, float Y)[] before, (float X, float Y)[] after) => _panels.Add((caption, before, after));

    public void Save(string path)
    {
        using var sheet = new SKBitmap(Gap + _panels.Count * (Side + Gap), Caption + Side + Gap);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        using var text = new SKPaint { Color = SKColors.Black, TextSize = 15, IsAntialias = true };
        using var border = new SKPaint { Color = SKColors.LightGray, Style = SKPaintStyle.Stroke };
        using var grey = new SKPaint { Color = new SKColor(120, 120, 120, 130), IsAntialias = true };
        using var blue = new SKPaint { Color = new SKColor(31, 119, 180, 150), IsAntialias = true };
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            var (caption, before, after) = _panels[panel];
            var area = SKRect.Create(Gap + panel * (Side + Gap), Caption, Side, Side);
            canvas.DrawText(caption, area.Left, Caption - 7, text);
            canvas.DrawRect(area, border);
            var (minX, maxX) = (before.Min(point => point.X), before.Max(point => point.X));
            var (minY, maxY) = (before.Min(point => point.Y), before.Max(point => point.Y));
            canvas.Save();
            canvas.ClipRect(area);
            Draw(before, grey, radius: 2.5f);
            Draw(after, blue, radius: 2);
            canvas.Restore();

            void Draw((float X, float Y)[] points, SKPaint paint, float radius)
            {
                foreach (var (x, y) in points)
                {
                    var (right, up) = ((x - minX) / (maxX - minX), (y - minY) / (maxY - minY));
                    canvas.DrawCircle(area.Left + 8 + (Side - 16) * right, area.Bottom - 8 - (Side - 16) * up, radius, paint);
                }
            }
        }

        using var data = sheet.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        data.SaveTo(file);
    }
}
