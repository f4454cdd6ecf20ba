namespace Microsoft.ML.Regularization.Reports;

/// <summary>What becomes of rows at a threshold.</summary>
/// <param name="Threshold">Rows of at least this probability are taken for true.</param>
/// <param name="Hits">Those of them that are true.</param>
/// <param name="FalseAlarms">Those of them that are false.</param>
internal sealed record ThresholdPoint(double Threshold, int Hits, int FalseAlarms)
{
    /// <summary>Rows that are taken for true.</summary>
    public int Alarms => Hits + FalseAlarms;
}
