namespace Microsoft.ML.Regularization.Tests.Randomness;

/// <summary>How well samples agree with the distribution that they should come from.</summary>
internal static class GoodnessOfFit
{
    /// <summary>
    /// The Kolmogorov-Smirnov distance times the root of the number of samples. Samples from the distribution exceed 2.2 once in 8,000 times.
    /// </summary>
    public static double KolmogorovSmirnov(IEnumerable<double> samples, Func<double, double> distribution)
    {
        var sorted = samples.Order().ToArray();
        var distance = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var expected = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(expected - (double)i / sorted.Length, (i + 1.0) / sorted.Length - expected));
        }

        return distance * Math.Sqrt(sorted.Length);
    }

    /// <summary>
    /// Pearson's statistic for cells of equal probability, in standard deviations above its mean.
    /// </summary>
    public static double UniformChiSquare(IReadOnlyCollection<long> counts)
    {
        var expected = counts.Sum() / (double)counts.Count;
        var statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        var freedom = counts.Count - 1;
        return (statistic - freedom) / Math.Sqrt(2.0 * freedom);
    }

    public static (double Mean, double Variance) Moments(IReadOnlyCollection<double> samples)
    {
        var mean = samples.Average();
        return (mean, samples.Sum(sample => (sample - mean) * (sample - mean)) / samples.Count);
    }

    public static double Correlation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (meanOfFirst, varianceOfFirst) = Moments(first);
        var (meanOfSecond, varianceOfSecond) = Moments(second);
        var covariance = first.Zip(second, (a, b) => (a - meanOfFirst) * (b - meanOfSecond)).Average();
        return covariance / Math.Sqrt(varianceOfFirst * varianceOfSecond);
    }

    /// <summary>The standard normal distribution function by its power series, which converges for every argument used here.</summary>
    public static double NormalDistribution(double x)
    {
        var (sum, term) = (x, x);
        for (var i = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
