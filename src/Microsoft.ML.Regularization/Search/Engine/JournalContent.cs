namespace Microsoft.ML.Regularization.Search;

/// <summary>What the file of a search holds.</summary>
internal sealed class JournalContent
{
    public required SortedDictionary<string, string> Identity { get; init; }

    public double Seconds { get; set; }

    public List<TrialResult> Results { get; init; } = [];
}
