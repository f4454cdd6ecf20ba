namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Candidates that form an ensemble.</summary>
/// <param name="Members">Their places in the pool, in the order in which they were added; one that was added twice stands there twice.</param>
/// <param name="Loss">The metric of their mean; smaller is better.</param>
internal sealed record EnsembleSelection(IReadOnlyList<int> Members, double Loss)
{
    /// <summary>Each candidate of the ensemble with its share of the mean, in the order in which they were first added.</summary>
    public IReadOnlyList<(int Candidate, double Weight)> Weights =>
        [.. Members.GroupBy(member => member).Select(same => (same.Key, (double)same.Count() / Members.Count))];
}
