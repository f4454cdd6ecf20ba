namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The mean of several networks' predictions, as the outputs of a network that predicts it. Safe to use from many threads.</summary>
internal abstract class PredictionMean
{
    /// <param name="outputs">(networks, count, outputs): the outputs of one network after the other.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="mean">Receives (count, outputs); may be the memory of the first network's.</param>
    public abstract void Compute(ReadOnlySpan<float> outputs, int count, Span<float> mean);

    /// <summary>How much each of several networks counts where they count alike.</summary>
    public static double[] Alike(int networks)
    {
        var shares = new double[networks];
        Array.Fill(shares, 1.0 / networks);
        return shares;
    }
}
