using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>How far predicted numbers are off, and where.</summary>
internal static class ResidualSection
{
    private const int MostDots = 800;
    private const int Bins = 24;

    public static ReportSection Of(ScoredRows rows)
    {
        var step = Math.Max(1, rows.Count / MostDots);
        var dots = Enumerable.Range(0, rows.Count).Where(row => row % step == 0).Select(row => ((double)rows.Labels[row], (double)rows.Predictions[row])).ToList();
        var axis = Axis.Around("label", dots.SelectMany(dot => new[] { dot.Item1, dot.Item2 }), "G4");
        var scatter = new SvgChart("Predictions by label", axis, axis with { Label = "prediction" }, isSmall: true)
            .Points(dots, "c1 faint")
            .Line([(axis.From, axis.From), (axis.To, axis.To)], "muted");
        var residuals = Enumerable.Range(0, rows.Count).Select(row => (double)rows.Predictions[row] - rows.Labels[row]).Order().ToList();
        var errors = residuals.Select(Math.Abs).Order().ToList();
        return new(
            "How far it is off",
            Paragraph($"Half of the predictions are within {Figure(Quantile(errors, 0.5))} of the label, nine of ten within {Figure(Quantile(errors, 0.9))}.")
            + $"<div class=\"pair\">{scatter}{Histogram(residuals)}</div>");
    }

    // What lies beyond the outermost hundredths is in the outermost bars.
    private static SvgChart Histogram(List<double> residuals)
    {
        var (low, high) = (Quantile(residuals, 0.01), Quantile(residuals, 0.99));
        if (high <= low)
            (low, high) = (low - 1e-6, high + 1e-6);
        var counts = new int[Bins];
        foreach (var residual in residuals)
            counts[Math.Clamp((int)((residual - low) / (high - low) * Bins), 0, Bins - 1)]++;
        var chart = new SvgChart("Residuals", new Axis("prediction less label", low, high, "G3"), new Axis("rows", 0, counts.Max() * 1.05, "0"), isSmall: true);
        var width = (high - low) / Bins;
        for (var bin = 0; bin < Bins; bin++)
            chart.Bar(low + (bin + 0.05) * width, low + (bin + 0.95) * width, counts[bin], "c1", $"{Count(counts[bin])} rows");
        return chart;
    }

    private static double Quantile(List<double> sorted, double share) => sorted[Math.Clamp((int)(share * sorted.Count), 0, sorted.Count - 1)];
}
