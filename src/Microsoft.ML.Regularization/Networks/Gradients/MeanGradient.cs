namespace Microsoft.ML.Regularization.Networks;

/// <summary>The gradient of the mean of several predictions by each of them, of one row.</summary>
internal static class MeanGradient
{
    /// <param name="outputs">(members, outputs): logits, the log-odds of a single one, or values.</param>
    /// <param name="shares">How much each member counts; they sum to 1.</param>
    /// <param name="areLogits">Whether probabilities are averaged, whose logarithms, or log-odds, are the mean's outputs; else values are.</param>
    /// <param name="gradient">By the mean's outputs.</param>
    /// <param name="result">Receives that by each member's outputs (members, outputs).</param>
    public static void Of(ReadOnlySpan<float> outputs, IReadOnlyList<double> shares, bool areLogits, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var width = gradient.Length;
        if (!areLogits)
        {
            for (var i = 0; i < result.Length; i++)
                result[i] = (float)(shares[i / width] * gradient[i % width]);
        }
        else if (width == 1)
        {
            OfLogOdds(outputs, shares, gradient[0], result);
        }
        else
        {
            OfLogarithms(outputs, shares, gradient, result);
        }
    }

    // d log(p / (1 - p)) / d o = share * q (1 - q) / (p (1 - p)) of a member's q and the mean p, by logarithms: either may be too small for a number.
    private static void OfLogOdds(ReadOnlySpan<float> outputs, IReadOnlyList<double> shares, float gradient, Span<float> result)
    {
        var (log, complement) = (double.NegativeInfinity, double.NegativeInfinity);
        for (var member = 0; member < shares.Count; member++)
        {
            log = Add(log, Math.Log(shares[member]) - MeanPrediction.Softplus(-outputs[member]));
            complement = Add(complement, Math.Log(shares[member]) - MeanPrediction.Softplus(outputs[member]));
        }

        for (var member = 0; member < shares.Count; member++)
            result[member] = (float)(gradient * shares[member] * Math.Exp(-MeanPrediction.Softplus(-outputs[member]) - MeanPrediction.Softplus(outputs[member]) - log - complement));
    }

    // d log p_i / d o_d = share * q_i / p_i ((i = d) - q_d).
    private static void OfLogarithms(ReadOnlySpan<float> outputs, IReadOnlyList<double> shares, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var width = gradient.Length;
        var (logs, means) = (new double[outputs.Length], new double[width]);
        Array.Fill(means, double.NegativeInfinity);
        for (var i = 0; i < logs.Length; i++)
        {
            var own = outputs.Slice(i / width * width, width);
            logs[i] = i % width == 0 ? LogSumExp(own) : logs[i - 1];
        }

        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = outputs[i] - logs[i];
            means[i % width] = Add(means[i % width], logs[i] + Math.Log(shares[i / width]));
        }

        for (var member = 0; member < shares.Count; member++)
        {
            var own = logs.AsSpan(member * width, width);
            var total = 0.0;
            for (var i = 0; i < width; i++)
                total += Part(i, own[i], gradient[i]);
            for (var i = 0; i < width; i++)
                result[member * width + i] = (float)(shares[member] * (Part(i, own[i], gradient[i]) - Math.Exp(own[i]) * total));
        }

        double Part(int i, double log, float given) => given * Math.Exp(log - means[i]);
    }

    private static double LogSumExp(ReadOnlySpan<float> values)
    {
        var sum = double.NegativeInfinity;
        foreach (var value in values)
            sum = Add(sum, value);
        return sum;
    }

    private static double Add(double first, double second)
    {
        var (greater, less) = (Math.Max(first, second), Math.Min(first, second));
        return double.IsNegativeInfinity(less) ? greater : greater + Math.Log(1 + Math.Exp(less - greater));
    }
}
