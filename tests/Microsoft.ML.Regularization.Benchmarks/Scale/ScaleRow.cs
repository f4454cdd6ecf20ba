namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>What a number of rows costs in training and in scoring.</summary>
internal sealed record ScaleRow(long Rows, ScaleMeasurement Fit, ScaleMeasurement Score)
{
    public double FitMicroseconds => PerRow(Fit.Seconds);

    public double EpochMicroseconds => PerRow(Fit.EpochSeconds);

    public double FitProcessorMicroseconds => PerRow(Fit.ProcessorSeconds);

    public double ScoreMicroseconds => PerRow(Score.Seconds);

    public double ScoreProcessorMicroseconds => PerRow(Score.ProcessorSeconds);

    private double PerRow(double seconds) => 1e6 * seconds / Rows;
}
