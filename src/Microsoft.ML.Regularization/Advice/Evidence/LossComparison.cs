namespace Microsoft.ML.Regularization.Advice;

/// <summary>A mean with its standard error.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Error">Its standard error; infinite of a single value, which tells nothing about others.</param>
internal readonly record struct LossComparison(double Mean, double Error)
{
    /// <summary>The mean of values, or of differences.</summary>
    public static LossComparison Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return new(mean, values.Count < 2 ? double.PositiveInfinity : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count));
    }

    /// <summary>Whether it is above a bound by more than so many standard errors.</summary>
    public bool IsAbove(double bound, double errors) => Mean - errors * Error > bound;
}
