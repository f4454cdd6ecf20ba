namespace WebService;

/// <summary>What a model says about a credit.</summary>
public sealed class Assessment
{
    /// <summary>Whether the credit will probably not be repaid.</summary>
    public bool PredictedLabel { get; set; }

    /// <summary>The probability that it will not be repaid, from 0 to 1.</summary>
    public float Probability { get; set; }

    /// <summary>What each column contributed to the log-odds.</summary>
    public float[] Contributions { get; set; } = [];
}

/// <summary>What the service answers.</summary>
/// <param name="Version">Of the model.</param>
/// <param name="Probability">That the credit will not be repaid, from 0 to 1.</param>
/// <param name="IsRisky">Whether that is the more probable.</param>
/// <param name="Reasons">The columns that contributed most, the first one most.</param>
public sealed record Answer(int Version, float Probability, bool IsRisky, Reason[] Reasons);

/// <summary>A column's part in an answer.</summary>
/// <param name="Column">The column.</param>
/// <param name="Contribution">To the log-odds of not being repaid.</param>
public sealed record Reason(string Column, float Contribution);
