namespace Microsoft.ML.Regularization;

/// <summary>One piece of advice: see <see cref="TrainingAdvice"/>.</summary>
public sealed record Recommendation
{
    /// <summary>What to do.</summary>
    public required string What { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The figure that it rests on: of your rows, or measured on others.</summary>
    public required string Figure { get; init; }

    /// <summary>The page that has the figure, such as <c>docs/tables-measured.md</c>; <c>your rows</c> where it was counted in them.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the pipeline does it; else it is for you to decide.</summary>
    public bool IsInPipeline { get; init; }

    /// <summary>The advice in one sentence or two.</summary>
    public override string ToString() => $"{What}: {Reason}. {Figure} ({Source}).";
}
