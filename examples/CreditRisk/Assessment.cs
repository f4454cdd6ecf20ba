namespace CreditRisk;

/// <summary>What the finished model says about an application.</summary>
internal sealed class Assessment
{
    /// <summary>The calibrated probability that the credit is not repaid.</summary>
    public float Probability { get; set; }

    /// <summary>The mean over the passes of Monte-Carlo prediction of the network's own probability.</summary>
    public float ScoreMean { get; set; }

    /// <summary>The standard deviation over these passes: how little the network knows about such an application.</summary>
    public float ScoreDeviation { get; set; }
}
