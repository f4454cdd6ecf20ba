using System.Globalization;
using System.Net;
using System.Text;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>A chart as SVG, whose colors the page's style sheet gives: lines, points and bars over two axes.</summary>
/// <param name="title">Stands above it, and is read out by screen readers.</param>
/// <param name="x">The axis to the right.</param>
/// <param name="y">The axis upwards.</param>
/// <param name="isSmall">Whether two of them stand beside each other.</param>
internal sealed class SvgChart(string title, Axis x, Axis y, bool isSmall = false)
{
    private const double Height = 340;
    private const double Left = 62;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 46;

    private readonly StringBuilder _marks = new();
    private readonly List<(string Name, string Class)> _legend = [];

    // Fewer units across make letters larger.
    private double Width => isSmall ? 440 : 640;

    /// <param name="points">Of the line.</param>
    /// <param name="style">A class of the style sheet, such as c1.</param>
    /// <param name="name">Shown in the legend; null for none.</param>
    public SvgChart Line(IEnumerable<(double X, double Y)> points, string style, string? name = null)
    {
        var path = string.Join(' ', points.Where(point => double.IsFinite(point.Y)).Select(point => $"{X(point.X)},{Y(point.Y)}"));
        _marks.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line {style}\" points=\"{path}\"/>");
        return Named(style, name);
    }

    public SvgChart Points(IEnumerable<(double X, double Y)> points, string style, string? name = null)
    {
        foreach (var point in points)
            _marks.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot {style}\" cx=\"{X(point.X)}\" cy=\"{Y(point.Y)}\" r=\"2.5\"/>");
        return Named(style, name);
    }

    /// <summary>A bar from the axis to a height, with what it tells when it is pointed at.</summary>
    public SvgChart Bar(double from, double to, double height, string style, string tip)
    {
        var (top, bottom) = (Math.Min(Down(height), Down(Math.Max(0, y.From))), Math.Max(Down(height), Down(Math.Max(0, y.From))));
        _marks.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"bar {style}\" x=\"{X(from)}\" y=\"{Number(top)}\" width=\"{Number(Across(to) - Across(from))}\" height=\"{Number(bottom - top)}\"><title>{WebUtility.HtmlEncode(tip)}</title></rect>");
        return this;
    }

    /// <summary>A line from the bottom to the top, with a word beside it.</summary>
    public SvgChart Mark(double at, string word)
    {
        var anchor = x.Place(at) > 0.7 ? "end" : "start";
        var shift = anchor == "end" ? -5 : 5;
        _marks.Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{X(at)}\" x2=\"{X(at)}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"note\" x=\"{Number(Across(at) + shift)}\" y=\"{Top + 12}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(word)}</text>");
        return this;
    }

    /// <summary>The chart as a figure of a page, whose style sheet colors it.</summary>
    public override string ToString()
    {
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<figure><figcaption class=\"title\">{WebUtility.HtmlEncode(title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">").Append(Content()).Append("</svg>");
        if (_legend.Count > 0)
            html.Append("<figcaption>").AppendJoin(' ', _legend.Select(entry => $"<span class=\"key {entry.Class}\"></span>{WebUtility.HtmlEncode(entry.Name)}")).Append("</figcaption>");
        return html.Append("</figure>").ToString();
    }

    /// <summary>The chart as a file of its own, with its legend.</summary>
    /// <param name="style">The style sheet.</param>
    public string ToFile(string style)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\">")
            .Append("<style>").Append(style).Append("</style><rect class=\"paper\" width=\"100%\" height=\"100%\"/>").Append(Content());
        foreach (var (i, (name, kind)) in _legend.Index())
        {
            var line = Top + 16 * (i + 1);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"line {kind}\" x1=\"{Width - 220}\" x2=\"{Width - 196}\" y1=\"{line - 4}\" y2=\"{line - 4}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text class=\"note\" x=\"{Width - 190}\" y=\"{line}\">{WebUtility.HtmlEncode(name)}</text>");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private StringBuilder Content()
    {
        var svg = new StringBuilder();
        svg.Append("<title>").Append(WebUtility.HtmlEncode(title)).Append("</title>");
        foreach (var tick in y.Ticks())
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick)}\" y2=\"{Y(tick)}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 7}\" y=\"{Number(Down(tick) + 4)}\" text-anchor=\"end\">{y.Write(tick)}</text>");
        }

        foreach (var tick in x.Ticks())
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{X(tick)}\" y=\"{Height - Bottom + 17}\" text-anchor=\"middle\">{x.Write(tick)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(x.Label)}</text>")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{WebUtility.HtmlEncode(y.Label)}</text>")
            .Append(_marks);
        return svg;
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private SvgChart Named(string style, string? name)
    {
        if (name is not null)
            _legend.Add((name, style));
        return this;
    }

    private double Across(double value) => Left + Math.Clamp(x.Place(value), 0, 1) * (Width - Left - Right);

    private double Down(double value) => Top + (1 - Math.Clamp(y.Place(value), 0, 1)) * (Height - Top - Bottom);

    private string X(double value) => Number(Across(value));

    private string Y(double value) => Number(Down(value));
}
