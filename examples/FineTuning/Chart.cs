using SkiaSharp;

namespace FineTuningExample;

/// <summary>The results as a picture: a panel for each set, a line for each method, with bars of one standard deviation.</summary>
internal static class Chart
{
    private const int Width = 400;
    private const int Height = 300;
    private const int Margin = 46;
    private const int Legend = 40;

    private static readonly SKColor[] Palette = [new(127, 127, 127), new(148, 103, 189), new(31, 119, 180), new(255, 127, 14), new(214, 39, 40)];

    public static void Save(IReadOnlyList<Cell> cells, string path)
    {
        var sets = cells.GroupBy(cell => cell.Set).ToList();
        var methods = Methods.All.Select(method => method.Name).Where(method => cells.Any(cell => cell.Methods.Contains(method))).ToList();
        var columns = Math.Min(2, sets.Count);
        using var sheet = new SKBitmap(columns * Width, (sets.Count + columns - 1) / columns * Height + Legend);
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        using var text = new SKPaint { Color = SKColors.Black, TextSize = 14, IsAntialias = true };
        for (var i = 0; i < methods.Count; i++)
        {
            using var paint = Paint(i);
            canvas.DrawCircle(Margin + i * 150, Legend / 2, 5, paint);
            canvas.DrawText(methods[i], Margin + 10 + i * 150, Legend / 2 + 5, text);
        }

        foreach (var (place, set) in sets.Index())
            Draw(canvas, SKRect.Create(place % columns * Width + Margin, Legend + place / columns * Height + 24, Width - Margin - 20, Height - 74), [.. set], methods, text);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var data = sheet.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        data.SaveTo(file);
    }

    private static void Draw(SKCanvas canvas, SKRect area, IReadOnlyList<Cell> cells, IReadOnlyList<string> methods, SKPaint text)
    {
        using var border = new SKPaint { Color = SKColors.LightGray, Style = SKPaintStyle.Stroke };
        var values = cells.SelectMany(cell => cell.Methods.Select(method => cell.AccuracyOf(method)!.Value)).ToList();
        var (least, most) = (Math.Floor(values.Min(value => value.Mean - value.Deviation) / 10) * 10, 100.0);
        canvas.DrawText($"{cells[0].Set}: accuracy in % by rows of each class", area.Left, area.Top - 8, text);
        for (var percent = least; percent <= most; percent += 10)
        {
            canvas.DrawLine(area.Left, HeightOf(percent), area.Right, HeightOf(percent), border);
            canvas.DrawText($"{percent:0}", area.Left - 30, HeightOf(percent) + 5, text);
        }

        for (var place = 0; place < cells.Count; place++)
            canvas.DrawText($"{cells[place].PerClass}", PlaceOf(place) - 10, area.Bottom + 20, text);
        foreach (var (number, method) in methods.Index())
        {
            using var paint = Paint(number);
            SKPoint? last = null;
            for (var place = 0; place < cells.Count; place++)
            {
                if (cells[place].AccuracyOf(method) is not var (mean, deviation))
                    continue;
                var point = new SKPoint(PlaceOf(place) + 3 * number, HeightOf(mean));
                if (last is { } before)
                    canvas.DrawLine(before, point, paint);
                canvas.DrawLine(point.X, HeightOf(mean - deviation), point.X, HeightOf(mean + deviation), paint);
                canvas.DrawCircle(point, 4, paint);
                last = point;
            }
        }

        float HeightOf(double percent) => (float)(area.Bottom - (percent - least) / (most - least) * area.Height);
        float PlaceOf(int place) => area.Left + 20 + (cells.Count == 1 ? 0 : place * (area.Width - 50) / (cells.Count - 1));
    }

    private static SKPaint Paint(int method) => new() { Color = Palette[method % Palette.Length], IsAntialias = true, StrokeWidth = 2 };
}
