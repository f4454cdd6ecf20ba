using static Microsoft.ML.Regularization.Reports.ReportSection;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Which columns matter.</summary>
internal static class ImportanceSection
{
    private const int MostColumns = 20;

    public static ReportSection Of(IReadOnlyList<ColumnImportance> columns, bool isRegression, int rows) => new(
        "Which columns matter",
        columns.Count == 0
            ? Paragraph("Whatever is shuffled, the predictions stay as they are.")
            : Paragraph(
                $"By how much the {(isRegression ? "root mean squared error" : "log-loss")} grows if a column has the values of other rows, with the deviation over the shuffles, on {Count(rows)} rows. "
                + "Columns that tell the same share what they are worth.")
            + BarList.Of(columns.Take(MostColumns).Select(column => (column.Name, column.Increase, $"{Figure(column.Increase)} ± {Figure(column.Deviation)}"))));
}
