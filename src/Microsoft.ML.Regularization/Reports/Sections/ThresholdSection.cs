using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>For two classes, what each threshold gives and costs.</summary>
internal static class ThresholdSection
{
    private static readonly double[] Thresholds = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];

    public static ReportSection Of(ScoredRows rows, double falseAlarmCost, double missCost)
    {
        var curve = BinaryCurve.Of(rows);
        if (curve.Trues == 0 || curve.Trues == curve.Rows)
            return new("Thresholds", Paragraph("All rows are of one class, so there is nothing to tell apart."));
        var falses = curve.Rows - curve.Trues;
        var roc = new SvgChart("ROC curve", new Axis("share of the false rows taken for true", 0, 1), new Axis("share of the true rows found", 0, 1), isSmall: true)
            .Line([(0, 0), (1, 1)], "muted")
            .Line(Thin(curve.Points).Select(point => ((double)point.FalseAlarms / falses, (double)point.Hits / curve.Trues)), "c1");
        var gains = new SvgChart("Gains", new Axis("share of all rows, the most probable first", 0, 1), new Axis("share of the true rows found", 0, 1), isSmall: true)
            .Line([(0, 0), ((double)curve.Trues / curve.Rows, 1), (1, 1)], "muted", "at the best")
            .Line(Thin(curve.Points).Select(point => ((double)point.Alarms / curve.Rows, (double)point.Hits / curve.Trues)), "c1", "the model");
        var cheapest = curve.Cheapest(falseAlarmCost, missCost);
        return new(
            "Thresholds",
            Paragraph(Advice(curve, cheapest, falseAlarmCost, missCost))
            + HtmlTable.Of(
                ["taken for true from", "precision", "found", "of all rows", "cost"],
                Thresholds.Select(threshold => Row(curve, Figure(threshold)[..3], curve.At(threshold), falseAlarmCost, missCost)))
            + $"<div class=\"pair\">{roc}{gains}</div>");
    }

    private static string Advice(BinaryCurve curve, ThresholdPoint cheapest, double falseAlarmCost, double missCost)
    {
        var at = double.IsInfinity(cheapest.Threshold) ? "taking no row for true" : $"a threshold of {cheapest.Threshold:0.00}";
        return FormattableString.Invariant($"If a false alarm costs {falseAlarmCost} and a miss {missCost}, {at} is the cheapest on these rows: {Cost(curve, cheapest, falseAlarmCost, missCost):0.####} a row. ")
            + "The area under the ROC curve is " + Figure(curve.AreaUnderRoc) + ".";
    }

    private static IReadOnlyList<string> Row(BinaryCurve curve, string name, ThresholdPoint point, double falseAlarmCost, double missCost) =>
    [
        name, point.Alarms == 0 ? "" : Percent((double)point.Hits / point.Alarms), Percent((double)point.Hits / curve.Trues), Percent((double)point.Alarms / curve.Rows),
        Figure(Cost(curve, point, falseAlarmCost, missCost)),
    ];

    private static double Cost(BinaryCurve curve, ThresholdPoint point, double falseAlarmCost, double missCost) =>
        (point.FalseAlarms * falseAlarmCost + (curve.Trues - point.Hits) * missCost) / curve.Rows;

    // More points than a chart can show would make the file large.
    private static IEnumerable<ThresholdPoint> Thin(IReadOnlyList<ThresholdPoint> points)
    {
        const int Most = 400;
        var step = Math.Max(1, points.Count / Most);
        return points.Where((_, i) => i % step == 0 || i == points.Count - 1);
    }
}
