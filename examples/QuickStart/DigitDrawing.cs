using System.Globalization;
using Spectre.Console;

namespace QuickStart;

/// <summary>A digit in the characters of a terminal, beside what the model says about it.</summary>
internal static class DigitDrawing
{
    private const string Shades = " ░▒▓█";
    private const float Ink = 16;

    public static Grid Of(Digit digit, Prediction prediction)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"labelled   {digit.Label}\npredicted  {prediction.PredictedLabel}\n\n")
            + string.Join('\n', prediction.Score.Index().OrderByDescending(score => score.Item).Take(4).Select(Bar));
        return new Grid().AddColumn().AddColumn().AddRow(new Panel(Pixels(digit)), new Text(text));
    }

    /// <summary>Two characters to a pixel, which makes pixels about square.</summary>
    private static Text Pixels(Digit digit) =>
        new(string.Join('\n', digit.Features.Chunk(Digit.Side).Select(row => string.Concat(row.Select(pixel => new string(Shade(pixel), 2))))));

    private static char Shade(float pixel) => Shades[(int)MathF.Round(pixel / Ink * (Shades.Length - 1))];

    private static string Bar((int Index, float Item) score) =>
        string.Create(CultureInfo.InvariantCulture, $"{score.Index}  {score.Item,6:0.0%}  {new string('█', (int)MathF.Round(score.Item * 20))}");
}
