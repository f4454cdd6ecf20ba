using System.Globalization;
using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>The rows that are predicted worst, among which wrong labels are found first.</summary>
internal static class WorstRowsSection
{
    private const int MostColumns = 8;

    /// <param name="rows">What was read of the rows.</param>
    /// <param name="chosen">The rows.</param>
    /// <param name="columns">Names of columns, those that matter most first.</param>
    /// <param name="most">How many rows.</param>
    public static ReportSection Of(ScoredRows rows, IDataView chosen, IEnumerable<string> columns, int most)
    {
        List<string> shown = [.. columns.Where(name => RowTexts.CanWrite(chosen.Schema[name])).Take(MostColumns)];
        int[] worst = [.. Enumerable.Range(0, rows.Count).OrderByDescending(rows.Loss).ThenBy(row => row).Take(most)];
        var texts = RowTexts.Read(chosen, shown, worst.Select(row => rows.Places[row]).ToHashSet());
        return new(
            "Rows of greatest loss",
            Paragraph("Is a label wrong? Wrong labels are most often found among these rows. Their numbers count the rows that were read from 0.")
            + HtmlTable.Of(["row", "label", "predicted", .. shown], worst.Select(row => (IReadOnlyList<string>)
                [rows.Places[row].ToString(CultureInfo.InvariantCulture), Label(rows, row), Prediction(rows, row), .. texts[rows.Places[row]]])));
    }

    private static string Label(ScoredRows rows, int row) => rows.IsRegression ? Figure(rows.Labels[row]) : rows.Classes[rows.Class(row)];

    private static string Prediction(ScoredRows rows, int row) => rows.IsRegression
        ? Figure(rows.Predictions[row])
        : $"{rows.Classes[rows.PredictedClass(row)]} with {Percent(rows.Probabilities(row)[rows.PredictedClass(row)])}";
}
