using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>What the numbers that matter most do to predictions.</summary>
internal static class DependenceSection
{
    private static readonly string[] Styles = ["c1", "c2", "muted"];

    /// <param name="columns">Those that matter most.</param>
    /// <param name="rows">Rows with their labels.</param>
    public static ReportSection Of(IReadOnlyList<PartialDependence> columns, ScoredRows rows)
    {
        var shown = rows.IsRegression ? [0] : rows.IsBinary ? [1] : Enumerable.Range(0, rows.Classes.Count).OrderByDescending(one => rows.Labels.Count(label => label == one)).Take(Styles.Length).ToList();
        var all = columns.SelectMany(column => column.Points.SelectMany(point => shown.Select(place => point.Prediction[place])));
        var y = rows.IsRegression ? Axis.Around("mean prediction", all, "G4") : new Axis(rows.IsBinary ? "mean probability of true" : "mean probability", 0, 1);
        var charts = columns.Select(column => shown.Index().Aggregate(
            new SvgChart(column.Name, new Axis(column.Name, column.Points[0].Value, column.Points[^1].Value, "G4"), y, isSmall: true),
            (chart, one) => chart.Line(column.Points.Select(point => (point.Value, point.Prediction[one.Item])), Styles[one.Index], rows.Classes.Count > 2 ? rows.Classes[one.Item] : null)));
        return new(
            "What numbers do",
            Paragraph("The mean prediction if a column had the same value in all rows. Where columns belong together, such as height and weight, this asks about rows that do not exist.")
            + $"<div class=\"pair\">{string.Concat(charts)}</div>");
    }
}
