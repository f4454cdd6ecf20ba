namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The losses of rows, always the same ones, and their example weights.</summary>
internal readonly record struct RowLosses(double[] Losses, double[] Weights)
{
    /// <summary>The weighted mean.</summary>
    public double Mean
    {
        get
        {
            var (sum, weights) = (0.0, 0.0);
            for (var row = 0; row < Losses.Length; row++)
            {
                sum += Weights[row] * Losses[row];
                weights += Weights[row];
            }

            // Rows of weight 0 are computed too: a NaN among their outputs shows that the network has diverged.
            return sum / (weights > 0 ? weights : 1);
        }
    }

    /// <summary>
    /// Whether the mean is above the other's by less than <paramref name="standardErrors"/> standard errors of the mean of the rows' differences.
    /// </summary>
    public bool IsWithin(double standardErrors, RowLosses other)
    {
        var weights = Weights;
        var total = weights.Sum();
        var differences = Losses.Zip(other.Losses, (mine, theirs) => mine - theirs).ToArray();
        var mean = differences.Zip(weights, (difference, weight) => weight * difference).Sum() / total;
        var squares = differences.Zip(weights, (difference, weight) => weight * weight * (difference - mean) * (difference - mean)).Sum();
        return mean < standardErrors * Math.Sqrt(squares) / total;
    }
}
