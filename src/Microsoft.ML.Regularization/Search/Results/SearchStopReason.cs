namespace Microsoft.ML.Regularization;

/// <summary>Why a search ended.</summary>
public enum SearchStopReason
{
    /// <summary>All trials of the budget were done.</summary>
    Trials,

    /// <summary>The time of the budget was over.</summary>
    Time,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>The space has no dimensions, and all its starts were tried.</summary>
    Exhausted,
}
