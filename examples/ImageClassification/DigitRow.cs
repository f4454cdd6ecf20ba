using System.Text;

namespace ImageClassification;

/// <summary>Digits beside each other in the characters of a terminal, over what they are and what they were taken for.</summary>
internal static class DigitRow
{
    private const string Shades = " ░▒▓█";
    private const float Ink = 16;
    private const string Gap = "    ";

    public static string Of(IReadOnlyList<(Digit Digit, Prediction Prediction)> read)
    {
        var text = new StringBuilder();
        for (var y = 0; y < Digit.Side; y++)
            text.AppendJoin(Gap, read.Select(each => Line(each.Digit, y))).AppendLine();
        text.AppendJoin(Gap, read.Select(each => $"{each.Digit.Label} read as {each.Prediction.PredictedLabel}".PadRight(2 * Digit.Side))).AppendLine();
        return text.AppendJoin(Gap, read.Select(each => $"({each.Prediction.Score.Max():0%} sure)".PadRight(2 * Digit.Side))).ToString();
    }

    // Two characters to a pixel, which makes pixels about square.
    private static string Line(Digit digit, int y) =>
        string.Concat(digit.Features.Skip(y * Digit.Side).Take(Digit.Side).Select(pixel => new string(Shades[(int)MathF.Round(pixel / Ink * (Shades.Length - 1))], 2)));
}
