namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Which columns a network is to read, and how.</summary>
/// <param name="FeatureColumnName">Numbers, or the tokens of a text; null where categories are all there is.</param>
/// <param name="Capacity">What reads them.</param>
internal sealed record InputRequest(string? FeatureColumnName, INetworkCapacity Capacity)
{
    /// <summary>Keys beside the numbers.</summary>
    public IReadOnlyList<string> CategoricalColumnNames { get; init; } = [];

    /// <summary>How the numbers make an image, where the column's type does not tell.</summary>
    public ImageShape? ImageShape { get; init; }

    /// <summary>What is done about numbers that are missing.</summary>
    public MissingValues MissingValues { get; init; }
}
