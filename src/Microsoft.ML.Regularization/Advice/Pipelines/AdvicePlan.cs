namespace Microsoft.ML.Regularization.Advice;

/// <summary>What rules decide about a pipeline, beside what the columns say.</summary>
internal sealed record AdvicePlan
{
    /// <summary>How it is trained; columns are named later.</summary>
    public NeuralNetworkOptions Trainer { get; init; } = new();

    /// <summary>The column whose groups are validated on as a whole where there are no folds; null for none.</summary>
    public string? HoldsOutGroupsOf { get; init; }
}
