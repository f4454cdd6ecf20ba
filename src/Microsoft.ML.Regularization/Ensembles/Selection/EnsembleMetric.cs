namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Measures the mean of several candidates' predictions of the same labelled rows, so that smaller is better. Of each candidate it keeps only the numbers
/// that it needs; they are such that those of a mean are the mean of those, so sums of them serve any number of candidates.
/// </summary>
internal abstract class EnsembleMetric
{
    // Blocks of this many numbers stay in the processor's first cache.
    private protected const int BlockSize = 1024;

    /// <summary>The numbers of a candidate that the metric needs.</summary>
    /// <param name="predictions">Of all rows, one after another: the probability of true, those of all classes, or a number.</param>
    public abstract float[] Reduce(ReadOnlySpan<float> predictions);

    /// <summary>The metric of the mean of some candidates and one more; smaller is better.</summary>
    /// <param name="sum">The sum of the reduced numbers of all but the last.</param>
    /// <param name="added">The reduced numbers of the last.</param>
    /// <param name="count">Candidates, the last included.</param>
    public abstract double Measure(ReadOnlySpan<float> sum, ReadOnlySpan<float> added, int count);
}
