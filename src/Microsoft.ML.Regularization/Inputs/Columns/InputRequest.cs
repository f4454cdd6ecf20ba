namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Which columns a network is to read, and how.</summary>
/// <param name="FeatureColumnName">Numbers, or the tokens of a text; null where categories are all there is.</param>
/// <param name="Capacity">The network that reads them.</param>
internal sealed record InputRequest(string? FeatureColumnName, INetworkCapacity Capacity)
{
    /// <summary>Keys beside the numbers.</summary>
    public IReadOnlyList<string> CategoricalColumnNames { get; init; } = [];

    /// <summary>The shape of the image in the numbers, if the column's type does not give it.</summary>
    public ImageShape? ImageShape { get; init; }

    /// <summary>How missing numbers are handled.</summary>
    public MissingValues MissingValues { get; init; }
}
