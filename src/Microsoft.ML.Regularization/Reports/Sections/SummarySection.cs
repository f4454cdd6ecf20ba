using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>How good the model is, beside one that knows nothing of a row.</summary>
internal static class SummarySection
{
    public static ReportSection Of(ScoredRows rows) => new(
        "How good it is", Paragraph(Sentence(rows)) + HtmlTable.Of(["measure", "model", "without a model"], Measures(rows).Select(measure => (IReadOnlyList<string>)[measure.Name, measure.Model, measure.Baseline])));

    private static string Sentence(ScoredRows rows)
    {
        var skipped = rows.Skipped > 0 ? $" {Count(rows.Skipped)} rows without a label or a prediction are left out." : "";
        if (rows.IsRegression)
            return $"On {Count(rows.Count)} rows the predictions are off by {Figure(MeanAbsoluteError(rows))} in the mean. {(Deviation(rows) > 0 ? $"The model explains {Percent(RSquared(rows))} of the labels' variance." : "All labels are the same.")}{skipped}";
        var confusion = ConfusionMatrix.Of(rows);
        return $"Of {Count(rows.Count)} rows, {Percent(confusion.Error)} are taken for another class than theirs. Always naming the most frequent class would be wrong for {Percent(MajorityError(rows))}.{skipped}";
    }

    private static IEnumerable<(string Name, string Model, string Baseline)> Measures(ScoredRows rows)
    {
        if (rows.IsRegression)
        {
            yield return ("root mean squared error", Figure(rows.MeanLoss()), Figure(Deviation(rows)));
            yield return ("mean absolute error", Figure(MeanAbsoluteError(rows)), Figure(rows.Labels.Average(label => Math.Abs(label - Median(rows)))));
            if (Deviation(rows) > 0)
                yield return ("R squared", Figure(RSquared(rows)), "0");
            yield break;
        }

        var error = ConfusionMatrix.Of(rows).Error;
        var (low, high) = Interval(error, rows.Count);
        yield return ($"error (95% interval {Percent(low)} to {Percent(high)})", Percent(error), Percent(MajorityError(rows)));
        yield return ("log-loss", Figure(rows.MeanLoss()), Figure(Entropy(rows)));
        if (rows.IsBinary && rows.Labels.Distinct().Count() == 2)
            yield return ("area under the ROC curve", Figure(BinaryCurve.Of(rows).AreaUnderRoc), "0.5");
        yield return ("expected calibration error", Percent(Reliability.Of(rows).CalibrationError), "0.0%");
    }

    private static double MajorityError(ScoredRows rows) => 1 - Shares(rows).Max();

    private static double Entropy(ScoredRows rows) => -Shares(rows).Where(share => share > 0).Sum(share => share * Math.Log(share));

    private static IEnumerable<double> Shares(ScoredRows rows) =>
        rows.Labels.CountBy(label => label).Select(one => (double)one.Value / rows.Count);

    private static double MeanAbsoluteError(ScoredRows rows) => rows.Labels.Zip(rows.Predictions, (label, prediction) => Math.Abs((double)label - prediction)).Average();

    private static double RSquared(ScoredRows rows) => 1 - Math.Pow(rows.MeanLoss() / Deviation(rows), 2);

    private static double Deviation(ScoredRows rows)
    {
        var mean = rows.Labels.Average(label => (double)label);
        return Math.Sqrt(rows.Labels.Average(label => (label - mean) * (label - mean)));
    }

    private static double Median(ScoredRows rows) => rows.Labels.Order().ElementAt(rows.Count / 2);

    // Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    private static (double Low, double High) Interval(double share, int rows)
    {
        const double Z = 1.959964;
        var middle = (share + Z * Z / (2 * rows)) / (1 + Z * Z / rows);
        var half = Z / (1 + Z * Z / rows) * Math.Sqrt(share * (1 - share) / rows + Z * Z / (4.0 * rows * rows));
        return (middle - half, middle + half);
    }
}
