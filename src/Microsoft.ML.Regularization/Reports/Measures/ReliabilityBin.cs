namespace Microsoft.ML.Regularization.Reports;

/// <summary>How often what was predicted came true, for predictions that were about equally sure.</summary>
/// <param name="Confidence">Their mean probability.</param>
/// <param name="Frequency">The share of them that came true.</param>
/// <param name="Rows">How many.</param>
internal sealed record ReliabilityBin(double Confidence, double Frequency, int Rows)
{
    /// <summary>The standard deviation that the frequency of so many rows would have if the probability were right.</summary>
    public double Deviation => Math.Sqrt(Confidence * (1 - Confidence) / Rows);
}
