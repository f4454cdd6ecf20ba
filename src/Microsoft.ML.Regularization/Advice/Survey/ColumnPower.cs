namespace Microsoft.ML.Regularization.Advice;

/// <summary>
/// How much a column tells of the label by itself: each row's label is guessed by the other rows of the same value, or of numbers of about the same size or by the nearest ones, whichever is better.
/// What a column tells on rows that are left out is no accident, however many values it has.
/// </summary>
internal static class ColumnPower
{
    // So many that a number is told nearly as by its own value, with rows enough in each.
    private const int Bins = 64;

    // On each side; of equally many neighbors of two classes the nearest counts.
    private const int Neighbors = 2;

    /// <summary>Of classes the share of errors that is saved.</summary>
    /// <param name="column">The column.</param>
    /// <param name="label">Of each row its class, from 0.</param>
    /// <param name="classes">How many there are.</param>
    public static double OfClasses(ReadColumn column, int[] label, int classes)
    {
        var bins = BinsOf(column);
        var counts = new Dictionary<int, int[]>();
        var all = new int[classes];
        for (var row = 0; row < label.Length; row++)
        {
            if (!counts.TryGetValue(bins[row], out var ofBin))
                counts.Add(bins[row], ofBin = new int[classes]);
            ofBin[label[row]]++;
            all[label[row]]++;
        }

        var wrong = 0;
        for (var row = 0; row < label.Length; row++)
            wrong += Guess(counts[bins[row]], label[row], all) == label[row] ? 0 : 1;
        var usual = label.Length - all.Max();
        if (column is { Numbers: { } numbers, Distinct: > Bins })
            wrong = Math.Min(wrong, WrongByNeighbors(numbers, label));
        return usual == 0 ? 0 : Math.Max(0, 1 - (double)wrong / usual);
    }

    /// <summary>Of numbers the share of the variance of their ranks.</summary>
    /// <param name="column">The column.</param>
    /// <param name="ranks">Of each row the rank of its label.</param>
    public static double OfNumbers(ReadColumn column, double[] ranks)
    {
        var bins = BinsOf(column);
        var sums = new Dictionary<int, (double Sum, int Rows)>();
        for (var row = 0; row < ranks.Length; row++)
        {
            var (sum, rows) = sums.GetValueOrDefault(bins[row]);
            sums[bins[row]] = (sum + ranks[row], rows + 1);
        }

        var (total, count, error, variance) = (ranks.Sum(), ranks.Length, 0.0, 0.0);
        for (var row = 0; row < count; row++)
        {
            var (sum, rows) = sums[bins[row]];
            var usual = (total - ranks[row]) / (count - 1);
            var guess = rows == 1 ? usual : (sum - ranks[row]) / (rows - 1);
            error += (ranks[row] - guess) * (ranks[row] - guess);
            variance += (ranks[row] - usual) * (ranks[row] - usual);
        }

        return variance == 0 ? 0 : Math.Max(0, 1 - error / variance);
    }

    // The most frequent class among the others; of equally frequent ones the one that is more frequent in all.
    private static int Guess(int[] counts, int own, int[] all)
    {
        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            var (more, most) = (counts[i] - (i == own ? 1 : 0), counts[best] - (best == own ? 1 : 0));
            if (more > most || (more == most && all[i] > all[best]))
                best = i;
        }

        return best;
    }

    // Bounds of bins run through classes, where there are many; neighbors do not.
    private static int WrongByNeighbors(double[] numbers, int[] label)
    {
        int[] order = [.. Enumerable.Range(0, numbers.Length).OrderBy(row => numbers[row])];
        var wrong = 0;
        for (var place = 0; place < order.Length; place++)
        {
            var row = order[place];
            int[] near = [.. Enumerable.Range(place - Neighbors, 2 * Neighbors + 1).Where(other => other != place && other >= 0 && other < order.Length).Select(other => order[other])];
            var guess = near.OrderBy(other => Math.Abs(numbers[other] - numbers[row])).GroupBy(other => label[other]).MaxBy(same => same.Count())!.Key;
            wrong += guess == label[row] ? 0 : 1;
        }

        return wrong;
    }

    // Missing values are of a bin of their own: they may tell something too.
    private static int[] BinsOf(ReadColumn column)
    {
        if (column.Numbers is not { } numbers || column.Distinct <= Bins)
            return column.Codes;
        var sorted = numbers.Where(double.IsFinite).Order().ToArray();
        double[] bounds = [.. Enumerable.Range(1, Bins - 1).Select(bin => sorted[(int)((long)bin * sorted.Length / Bins)]).Distinct()];
        return Array.ConvertAll(numbers, number =>
        {
            if (double.IsNaN(number))
                return -1;
            var place = Array.BinarySearch(bounds, number);
            return place < 0 ? ~place : place + 1;
        });
    }
}
