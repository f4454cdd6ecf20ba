using System.Net;
using System.Text;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>A page that loads nothing from elsewhere.</summary>
internal static class HtmlPage
{
    /// <summary>How charts look.</summary>
    public const string ChartStyle = """
        .line{fill:none;stroke-width:2;stroke:var(--c1)}.c2.line{stroke:var(--c2)}.line.muted{stroke:var(--soft);stroke-dasharray:5 4;stroke-width:1.2}
        .dot{fill:var(--c1)}.dot.c2{fill:var(--c2)}.dot.faint{opacity:.45}.bar{fill:var(--c1)}.grid{stroke:var(--line)}.mark{stroke:var(--soft);stroke-dasharray:2 3}
        .tick,.note{fill:var(--soft);font-size:12.5px}.paper{fill:var(--paper)}
        """;

    /// <summary>The colors, in light and dark.</summary>
    public const string Colors = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#5c6570;--paper:#fff;--line:#d8dde3;--c1:#2563a8;--c2:#c2571a;--good:37,99,168;--bad:194,87,26}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#9aa4af;--paper:#15181c;--line:#343b44;--c1:#79b3f2;--c2:#f2a26b;--good:121,179,242;--bad:242,162,107}}
        """;

    private const string Style = """
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1.2rem;max-width:62rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        h1{font-size:1.6rem;line-height:1.25;margin:.4rem 0}h2{font-size:1.2rem;margin:2.2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
        p{max-width:44rem}nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem;font-size:.9rem}a{color:var(--c1)}.made{color:var(--soft);font-size:.9rem}
        table{border-collapse:collapse;font-size:.92rem;margin:.6rem 0}th,td{padding:.25rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
        th{font-weight:600}tbody th{font-weight:400}.number{text-align:right;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}
        .bars{width:100%}.bars th{width:30%;overflow-wrap:anywhere}.bars td:nth-child(2){width:50%}.bars span{display:block;height:.9rem;background:var(--c1);min-width:1px}.bars .negative{background:var(--c2)}
        .confusion td{background:rgba(var(--bad),calc(var(--share)*.9))}.confusion td.hit{background:rgba(var(--good),calc(var(--share)*.55))}
        .confusion td:last-child{background:none}
        figure{margin:.6rem 0;max-width:44rem}svg{width:100%;height:auto;display:block}.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:.6rem}
        .key{display:inline-block;width:1.2rem;height:.25rem;margin:0 .35rem .2rem .8rem;background:var(--c1)}.key.c2{background:var(--c2)}.key.muted{background:var(--soft)}
        figcaption{font-size:.88rem;color:var(--soft)}figcaption.title{color:var(--ink);font-weight:600;margin-bottom:.2rem}
        @media print{body{max-width:none;font-size:11pt}nav{display:none}h2{break-after:avoid}figure,table{break-inside:avoid}}
        """;

    /// <param name="title">The title.</param>
    /// <param name="made">A line on how the report was made.</param>
    /// <param name="sections">What it tells.</param>
    public static string Of(string title, string made, IReadOnlyList<ReportSection> sections)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Append("<title>").Append(WebUtility.HtmlEncode(title)).Append("</title><style>\n").AppendJoin('\n', Colors, Style, ChartStyle).Append("\n</style></head><body>\n");
        html.Append("<h1>").Append(WebUtility.HtmlEncode(title)).Append("</h1>\n<p class=\"made\">").Append(WebUtility.HtmlEncode(made)).Append("</p>\n<nav>");
        html.AppendJoin(' ', sections.Select((section, i) => $"<a href=\"#s{i}\">{WebUtility.HtmlEncode(section.Title)}</a>")).Append("</nav>\n");
        foreach (var (i, section) in sections.Index())
            html.Append("<section id=\"s").Append(i).Append("\"><h2>").Append(WebUtility.HtmlEncode(section.Title)).Append("</h2>\n").Append(section.Html).Append("</section>\n");
        return html.Append("</body></html>\n").ToString();
    }
}
