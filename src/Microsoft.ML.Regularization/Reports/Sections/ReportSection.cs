using System.Net;
using static System.FormattableString;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>A part of a report.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Html">What it shows.</param>
internal sealed record ReportSection(string Title, string Html)
{
    /// <summary>A paragraph of text.</summary>
    public static string Paragraph(string text) => $"<p>{WebUtility.HtmlEncode(text)}</p>";

    public static string Percent(double share) => Invariant($"{share:0.0%}");

    public static string Count(double count) => Invariant($"{count:N0}");

    public static string Figure(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.001 => Invariant($"{value:G2}"),
        < 10_000 => Invariant($"{value:0.0000}"),
        _ => Invariant($"{value:G4}"),
    };
}
