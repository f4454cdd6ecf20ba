using System.Globalization;
using System.Net;
using System.Text;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Names with a bar each, as rows of a table, which fits any width.</summary>
internal static class BarList
{
    /// <param name="rows">The name of each, its value, and how it is written.</param>
    public static string Of(IEnumerable<(string Name, double Value, string Text)> rows)
    {
        var all = rows.ToList();
        var most = all.Select(row => Math.Abs(row.Value)).DefaultIfEmpty(0).Max();
        var html = new StringBuilder("<table class=\"bars\">");
        foreach (var (name, value, text) in all)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\">{WebUtility.HtmlEncode(name)}</th><td><span class=\"{(value < 0 ? "negative" : "positive")}\" style=\"width:{(most == 0 ? 0 : 100 * Math.Abs(value) / most):0.#}%\"></span></td><td class=\"number\">{WebUtility.HtmlEncode(text)}</td></tr>");
        }

        return html.Append("</table>").ToString();
    }
}
