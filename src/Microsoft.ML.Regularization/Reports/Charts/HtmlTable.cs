using System.Net;
using System.Text;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>A table whose first column is text and whose others are numbers.</summary>
internal static class HtmlTable
{
    public static string Of(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var html = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        html.AppendJoin("", headers.Select((header, i) => $"<th scope=\"col\"{Class(i)}>{WebUtility.HtmlEncode(header)}</th>")).Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
                html.Append(i == 0 ? "<th scope=\"row\">" : $"<td{Class(i)}>").Append(WebUtility.HtmlEncode(row[i])).Append(i == 0 ? "</th>" : "</td>");
            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Class(int column) => column == 0 ? "" : " class=\"number\"";
}
