using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Whether probabilities can be taken at their word.</summary>
internal static class ReliabilitySection
{
    public static ReportSection Of(ScoredRows rows)
    {
        var reliability = Reliability.Of(rows);
        var what = rows.IsBinary ? "probability of true" : "probability of the predicted class";
        var chart = new SvgChart("Reliability", new Axis($"predicted {what}", 0, 1), new Axis("how often it came true", 0, 1), isSmall: true)
            .Line([(0, 0), (1, 1)], "muted")
            .Line(reliability.Bins.Select(bin => (bin.Confidence, bin.Frequency)), "c1")
            .Points(reliability.Bins.Select(bin => (bin.Confidence, bin.Frequency)), "c1");
        var most = reliability.Bins.Max(bin => bin.Rows);
        var histogram = new SvgChart("Rows by probability", new Axis($"predicted {what}", 0, 1), new Axis("rows", 0, most * 1.05, "0"), isSmall: true);
        foreach (var bin in reliability.Bins)
        {
            var from = Math.Min(9, Math.Floor(bin.Confidence * 10)) / 10;
            histogram.Bar(from + 0.005, from + 0.095, bin.Rows, "c1", $"{Count(bin.Rows)} rows, {Percent(bin.Confidence)} predicted, {Percent(bin.Frequency)} came true");
        }

        return new(
            "Can its probabilities be trusted",
            Paragraph($"On the diagonal, what is predicted with 70 % comes true in 70 of 100 cases. In the mean, the probabilities are {Percent(reliability.CalibrationError)} off.{Words(reliability)}")
            + $"<div class=\"pair\">{chart}{histogram}</div>");
    }

    private static string Words(Reliability reliability)
    {
        var off = reliability.Bins.Where(bin => Math.Abs(bin.Confidence - bin.Frequency) > 2 * Math.Max(bin.Deviation, 1e-9)).ToList();
        if (off.Count == 0)
            return " No bin differs by more than chance allows.";
        var bold = off.Sum(bin => bin.Rows * Math.Sign(Math.Abs(bin.Confidence - 0.5) - Math.Abs(bin.Frequency - 0.5)));
        return bold > 0 ? " It is surer than it should be." : " It is less sure than it could be.";
    }
}
