using System.Net;
using System.Text;
using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Which classes are taken for which.</summary>
internal static class ConfusionSection
{
    private const int MostClasses = 12;
    private const int MostPairs = 10;

    public static ReportSection Of(ScoredRows rows)
    {
        var matrix = ConfusionMatrix.Of(rows);
        var byRows = Enumerable.Range(0, matrix.Classes).OrderByDescending(matrix.RowsOf).ThenBy(one => one).Take(MostClasses).Order().ToList();
        var html = new StringBuilder(Paragraph("Each line holds the rows of one class, each column those that were taken for one. The darker, the more of the line."));
        if (byRows.Count < matrix.Classes)
            html.Append(Paragraph($"The {byRows.Count} most frequent of {matrix.Classes} classes are shown."));
        html.Append("<div class=\"wide\"><table class=\"confusion\"><thead><tr><th scope=\"col\">class</th>");
        html.AppendJoin("", byRows.Select(one => $"<th scope=\"col\" class=\"number\">{Name(rows, one)}</th>")).Append("<th scope=\"col\" class=\"number\">found</th></tr></thead><tbody>");
        foreach (var one in byRows)
        {
            var count = Math.Max(1, matrix.RowsOf(one));
            html.Append(FormattableString.Invariant($"<tr><th scope=\"row\">{Name(rows, one)}</th>"));
            foreach (var predicted in byRows)
            {
                var share = (double)matrix.Counts[one, predicted] / count;
                html.Append(FormattableString.Invariant($"<td class=\"number {(one == predicted ? "hit" : "miss")}\" style=\"--share:{share:0.###}\">{matrix.Counts[one, predicted]}</td>"));
            }

            html.Append(FormattableString.Invariant($"<td class=\"number\">{Percent((double)matrix.Counts[one, one] / count)}</td></tr>"));
        }

        html.Append("</tbody></table></div>");
        if (matrix.Classes > 2 && matrix.MostConfused(MostPairs) is { Count: > 0 } pairs)
        {
            html.Append(Paragraph("Most often confused:"));
            html.Append(BarList.Of(pairs.Select(pair => ($"{rows.Classes[pair.Class]} taken for {rows.Classes[pair.Predicted]}", (double)pair.Rows, Count(pair.Rows)))));
        }

        return new("What it confuses", html.ToString());
    }

    private static string Name(ScoredRows rows, int one) => WebUtility.HtmlEncode(rows.Classes[one]);
}
