namespace TabularLeague;

/// <summary>What predictions of test rows are worth, computed here for every trainer alike.</summary>
internal static class Metrics
{
    /// <summary>A probability counts as at least this, so that one row that is sure and wrong does not decide alone.</summary>
    public const double LeastProbability = 1e-15;

    /// <summary>The share of rows whose class is not the one of the largest score.</summary>
    public static double Error(IReadOnlyList<float[]> scores, IReadOnlyList<int> classes) =>
        scores.Zip(classes).Average(row => Array.IndexOf(row.First, row.First.Max()) == row.Second ? 0.0 : 1);

    /// <summary>The mean of minus the logarithm of the probability of the row's class, in nats.</summary>
    public static double LogLoss(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> classes) =>
        probabilities.Zip(classes).Average(row => -Math.Log(Math.Max(row.First[row.Second], LeastProbability)));

    /// <summary>The share of pairs of a row of class 1 and a row of class 0 in which the first has the larger score; equal scores count half.</summary>
    public static double AreaUnderRoc(IReadOnlyList<float> scores, IReadOnlyList<bool> flags)
    {
        var ranks = Statistics.Ranks([.. scores.Select(score => (double)score)]);
        double positives = flags.Count(flag => flag);
        var negatives = flags.Count - positives;
        var sum = ranks.Zip(flags).Sum(row => row.Second ? row.First : 0);
        return (sum - positives * (positives + 1) / 2) / (positives * negatives);
    }

    public static double RootMeanSquaredError(IReadOnlyList<float> scores, IReadOnlyList<float> labels) =>
        Math.Sqrt(scores.Zip(labels).Average(row => ((double)row.First - row.Second) * ((double)row.First - row.Second)));
}
