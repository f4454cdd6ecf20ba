namespace Microsoft.ML.Regularization.Reports;

/// <summary>How many rows of each class were taken for which.</summary>
/// <param name="Counts">(class, predicted class).</param>
internal sealed record ConfusionMatrix(int[,] Counts)
{
    public int Classes => Counts.GetLength(0);

    public static ConfusionMatrix Of(ScoredRows rows)
    {
        var counts = new int[rows.Classes.Count, rows.Classes.Count];
        for (var row = 0; row < rows.Count; row++)
            counts[rows.Class(row), rows.PredictedClass(row)]++;
        return new(counts);
    }

    /// <summary>The share of rows that were taken for another class than theirs.</summary>
    public double Error => 1 - (double)Enumerable.Range(0, Classes).Sum(one => Counts[one, one]) / Total;

    public int Total => Counts.Cast<int>().Sum();

    public int RowsOf(int one) => Enumerable.Range(0, Classes).Sum(predicted => Counts[one, predicted]);

    public int Predicted(int one) => Enumerable.Range(0, Classes).Sum(actual => Counts[actual, one]);

    /// <summary>The pairs of classes that are taken for each other most often, those first.</summary>
    public IReadOnlyList<(int Class, int Predicted, int Rows)> MostConfused(int most)
    {
        var pairs = from one in Enumerable.Range(0, Classes)
                    from predicted in Enumerable.Range(0, Classes)
                    where one != predicted && Counts[one, predicted] > 0
                    orderby Counts[one, predicted] descending, one, predicted
                    select (one, predicted, Counts[one, predicted]);
        return [.. pairs.Take(most)];
    }
}
