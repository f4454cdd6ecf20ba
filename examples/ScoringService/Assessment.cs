namespace ScoringService;

/// <summary>What the model says about a credit.</summary>
public sealed class Assessment
{
    /// <summary>Whether the credit will probably not be repaid.</summary>
    public bool PredictedLabel { get; set; }

    /// <summary>The probability that it will not be repaid, from 0 to 1.</summary>
    public float Probability { get; set; }
}
