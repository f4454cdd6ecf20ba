using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>For which rows the model is worse than for the others.</summary>
internal static class SliceSection
{
    private const int Most = 10;

    public static ReportSection Of(IReadOnlyList<FailingSlice> slices, bool isRegression) => new(
        "Where it fails",
        slices.Count == 0
            ? Paragraph("No value of a text and no quarter of a number has rows that are predicted worse than the others by more than chance would make them.")
            : Paragraph("Rows that are predicted worse than the others, by more than three standard errors. Look at them first: is something missing that would tell them apart, or are they few in training?")
            + HtmlTable.Of(
                ["rows", "how many", isRegression ? "root mean squared error" : "log-loss", "of the others", "standard errors"],
                slices.Take(Most).Select(slice => (IReadOnlyList<string>)[slice.Name, Count(slice.Rows), Figure(slice.Loss), Figure(slice.OtherLoss), FormattableString.Invariant($"{slice.Deviations:0.0}")])));
}
