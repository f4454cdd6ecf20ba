namespace Microsoft.ML.Regularization.Reports;

/// <summary>Rows that have something in common and are predicted worse than the others.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="Loss">Their mean loss; of a regression the root of the mean squared error.</param>
/// <param name="OtherLoss">That of the others.</param>
/// <param name="Deviations">By how many standard errors the mean losses differ.</param>
internal sealed record FailingSlice(string Name, int Rows, double Loss, double OtherLoss, double Deviations)
{
    // Fewer rows tell little, and of many slices some differ by chance.
    private const int LeastRows = 25;
    private const double LeastDeviations = 3;

    /// <summary>The slices that are worse by more than chance would make them, the surest first.</summary>
    public static IReadOnlyList<FailingSlice> Of(ScoredRows rows, IEnumerable<SliceColumn> columns)
    {
        var losses = Enumerable.Range(0, rows.Count).Select(rows.Loss).ToArray();
        var all = losses.Aggregate(default(Sums), (sums, loss) => sums.Plus(loss));
        var found = from column in columns
                    from slice in SumsOf(rows, column, losses)
                    where slice.Value.Count >= LeastRows && all.Count - slice.Value.Count >= LeastRows
                    let one = Compare(slice.Key, slice.Value, all.Minus(slice.Value), rows.IsRegression)
                    where one.Deviations >= LeastDeviations
                    orderby one.Deviations descending
                    select one;
        return [.. found];
    }

    private static Dictionary<string, Sums> SumsOf(ScoredRows rows, SliceColumn column, double[] losses)
    {
        var slices = new Dictionary<string, Sums>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
        {
            if (column.Slices[rows.Places[row]] is { } name)
                slices[name] = slices.GetValueOrDefault(name).Plus(losses[row]);
        }

        return slices;
    }

    private static FailingSlice Compare(string name, Sums own, Sums others, bool isRegression)
    {
        var error = Math.Sqrt(own.Error * own.Error + others.Error * others.Error);
        var deviations = error == 0 ? 0 : (own.Mean - others.Mean) / error;
        return isRegression
            ? new(name, own.Count, Math.Sqrt(own.Mean), Math.Sqrt(others.Mean), deviations)
            : new(name, own.Count, own.Mean, others.Mean, deviations);
    }

    private readonly record struct Sums(int Count, double Sum, double Squares)
    {
        public double Mean => Sum / Count;

        /// <summary>The standard error of the mean.</summary>
        public double Error => Math.Sqrt(Math.Max(0, Squares - Sum * Sum / Count) / (Count - 1) / Count);

        public Sums Plus(double value) => new(Count + 1, Sum + value, Squares + value * value);

        public Sums Minus(Sums other) => new(Count - other.Count, Sum - other.Sum, Squares - other.Squares);
    }
}
