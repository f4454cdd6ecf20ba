namespace Microsoft.ML.Regularization.Advice;

/// <summary>Finds columns that give the label away.</summary>
internal static class LeakSearch
{
    /// <summary>What a column tells from which on it is taken for a leak. The best column of honest tables tells 0.94 of classes (the width of a petal, of irises), and 0.93 of numbers (the weight of a diamond).</summary>
    public const double Least = 0.97;

    // Two numbers that add up to the label, but for rounding.
    private const double LeastOfTwo = 0.999;

    // By what they tell; the parts of a sum are among them.
    private const int MostPaired = 12;

    /// <summary>How much each column tells.</summary>
    public static Dictionary<ReadColumn, double> Measure(IEnumerable<ReadColumn> columns, ReadColumn label, bool hasClasses)
    {
        var ranks = hasClasses ? [] : RanksOf(label.Numbers!);
        return columns.ToDictionary(column => column, column => hasClasses ? ColumnPower.OfClasses(column, label.Codes, label.Distinct) : ColumnPower.OfNumbers(column, ranks));
    }

    /// <summary>The columns that give the label away.</summary>
    /// <param name="tells">What each column tells.</param>
    /// <param name="label">The label.</param>
    /// <param name="hasClasses">Whether it is of classes.</param>
    public static HashSet<ReadColumn> In(Dictionary<ReadColumn, double> tells, ReadColumn label, bool hasClasses)
    {
        var found = tells.Where(one => one.Value >= Least).Select(one => one.Key).ToHashSet();
        if (!hasClasses && found.Count == 0)
        {
            ReadColumn[] numbers = [.. tells.Where(one => one.Key is { Numbers: not null, Missing: 0, Distinct: > 2 }).OrderByDescending(one => one.Value).Take(MostPaired).Select(one => one.Key)];
            for (var i = 0; i < numbers.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (ShareOfTwo(numbers[i].Numbers!, numbers[j].Numbers!, label.Numbers!) >= LeastOfTwo)
                        found.UnionWith([numbers[i], numbers[j]]);
                }
            }
        }

        return found;
    }

    // The share of variance that a linear function of two numbers explains, by their correlations.
    private static double ShareOfTwo(double[] first, double[] second, double[] label)
    {
        var (a, b, c) = (Correlation(first, label), Correlation(second, label), Correlation(first, second));
        return 1 - c * c < 1e-6 ? 0 : (a * a + b * b - 2 * a * b * c) / (1 - c * c);
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }

        return xx == 0 || yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    // Equal labels share the mean of their ranks.
    private static double[] RanksOf(double[] labels)
    {
        var order = Enumerable.Range(0, labels.Length).OrderBy(row => labels[row]).ToArray();
        var ranks = new double[labels.Length];
        for (var first = 0; first < order.Length;)
        {
            var next = first;
            while (next < order.Length && labels[order[next]] == labels[order[first]])
                next++;
            for (var i = first; i < next; i++)
                ranks[order[i]] = (first + next - 1) / 2.0;
            first = next;
        }

        return ranks;
    }
}
