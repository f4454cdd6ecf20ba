namespace TabularLeague;

/// <summary>Ranks and tests of contestants against each other.</summary>
internal static class Statistics
{
    /// <summary>
    /// The rank of each value from 1, the smallest first; equal values share the mean of their ranks, and NaN, a failure, is behind all others.
    /// </summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(Position).ThenBy(index => index).ToArray();
        var ranks = new double[values.Count];
        for (var first = 0; first < order.Length;)
        {
            var next = first + 1;
            while (next < order.Length && Position(order[next]) == Position(order[first]))
                next++;
            for (var i = first; i < next; i++)
                ranks[order[i]] = (first + next + 1) / 2.0;
            first = next;
        }

        return ranks;

        (bool Failed, double Value) Position(int index) => double.IsNaN(values[index]) ? (true, 0) : (false, values[index]);
    }

    /// <summary>
    /// The two-sided sign test: how probable a result at least as one-sided is where either side wins with probability 1/2. Draws are left out before.
    /// </summary>
    public static double SignTest(int wins, int losses)
    {
        var games = wins + losses;
        var probability = Math.Pow(2, -games);
        double tail = 0;
        for (var fewer = 0; fewer <= Math.Min(wins, losses); fewer++)
        {
            tail += probability;
            probability *= (double)(games - fewer) / (fewer + 1);
        }

        return Math.Min(1, 2 * tail);
    }

    /// <summary>Mean and standard deviation; a single value has none.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return (mean, values.Count == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }

    /// <summary>The difference of two values of at least 0 as a share of their mean, -2 to 2; 0 where both are 0.</summary>
    public static double RelativeDifference(double value, double other) => value == other ? 0 : 2 * (value - other) / (value + other);
}
