namespace Microsoft.ML.Regularization.Advice;

/// <summary>The rows that a model is surest of. With right labels hardly one of them is wrong, however hard the others are; wrong labels are spread over all (Northcutt, Jiang and Chuang, "Confident learning", 2021).</summary>
internal static class SurestRows
{
    private const int Part = 4;

    /// <summary>The share of wrong rows among the quarter that is predicted most surely.</summary>
    public static LossComparison WrongAmong(MeasuredRows measured) => LossComparison.Of(
        [.. Enumerable.Range(0, measured.Count).OrderByDescending(measured.Confidence).Take(Math.Max(1, measured.Count / Part)).Select(row => measured.IsWrong(row) ? 1.0 : 0)]);
}
