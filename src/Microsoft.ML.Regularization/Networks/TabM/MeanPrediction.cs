using System.Numerics;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><see cref="MemberMean"/> of one row in managed code, in double precision.</summary>
internal static class MeanPrediction
{
    /// <param name="outputs">(members, outputs).</param>
    /// <param name="members">How many.</param>
    /// <param name="areLogits">Whether probabilities are averaged, else values are.</param>
    /// <param name="mean">Receives (outputs).</param>
    public static void Of(ReadOnlySpan<float> outputs, int members, bool areLogits, Span<float> mean)
    {
        Span<double> own = stackalloc double[members];
        Span<double> scales = stackalloc double[members];
        for (var member = 0; member < members && areLogits && mean.Length > 1; member++)
            scales[member] = LogSumExp(outputs.Slice(member * mean.Length, mean.Length));
        for (var i = 0; i < mean.Length; i++)
        {
            for (var member = 0; member < members; member++)
                own[member] = outputs[member * mean.Length + i] - scales[member];
            mean[i] = (float)(!areLogits ? Mean(own) : mean.Length > 1 ? LogSumExp<double>(own) - Math.Log(members) : LogOdds(own));
        }
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    // log p - log(1 - p) of the mean p of sigmoids; the members' number cancels.
    private static double LogOdds(Span<double> logits)
    {
        Span<double> complements = stackalloc double[logits.Length];
        for (var member = 0; member < logits.Length; member++)
        {
            complements[member] = -Softplus(logits[member]);
            logits[member] = -Softplus(-logits[member]);
        }

        return LogSumExp<double>(logits) - LogSumExp<double>(complements);
    }

    /// <summary><c>log(1 + e^x)</c>.</summary>
    internal static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double LogSumExp<T>(ReadOnlySpan<T> values)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
            largest = Math.Max(largest, double.CreateChecked(value));
        var sum = 0.0;
        foreach (var value in values)
            sum += Math.Exp(double.CreateChecked(value) - largest);
        return largest + Math.Log(sum);
    }
}
