namespace Microsoft.ML.Regularization.Training;

/// <summary>Location and scale of a number over the training rows that have it.</summary>
/// <param name="Center">Mean or median.</param>
/// <param name="Scale">The difference that becomes 1; 0 if all values are equal.</param>
/// <param name="Rows">The rows that have it.</param>
internal readonly record struct NumberScale(double Center, double Scale, long Rows)
{
    // Differences of fewer units in the last place of a float are too inexact to learn from.
    private const double FewSteps = 8;

    /// <summary>Whether the differences are close to the precision of floats, so that most of their information is lost.</summary>
    public bool IsCoarse => !IsConstant && Scale < FewSteps * (MathF.BitIncrement(MathF.Abs((float)Center)) - MathF.Abs((float)Center));

    /// <summary>Whether there is no difference, or one that no float can be divided by.</summary>
    public bool IsConstant => Factor == 0;

    /// <summary>The factor of differences; 0 for a number without differences.</summary>
    public float Factor => Scale > 0 && float.IsFinite((float)(1 / Scale)) ? (float)(1 / Scale) : 0;

    // Where the factor is 0 no difference may overflow, since infinity times 0 is not a number.
    public float Origin => IsConstant ? 0 : (float)Center;

    /// <summary>Numbers on one scale: the mean of means, and the variance by the law of total variance.</summary>
    public static NumberScale Pool(IReadOnlyCollection<NumberScale> numbers)
    {
        var rows = numbers.Sum(number => number.Rows);
        if (rows == 0)
            return default;
        var mean = numbers.Sum(number => number.Rows * number.Center) / rows;
        var variance = numbers.Sum(number => number.Rows * (number.Scale * number.Scale + (number.Center - mean) * (number.Center - mean))) / rows;
        return new NumberScale(mean, Math.Sqrt(variance), rows);
    }
}
