namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>How a tensor of a network is made of published ones.</summary>
/// <param name="Own">Its name in the network.</param>
/// <param name="Parts">The published tensors.</param>
internal sealed record TensorRule(string Own, params IReadOnlyList<PublishedPart> Parts)
{
    /// <summary>From the numbers of the parts to the tensor's: one behind the other.</summary>
    public Func<IReadOnlyList<float[]>, float[]> Make { get; init; } = parts => parts.Count == 1 ? parts[0] : [.. parts.SelectMany(part => part)];

    /// <summary>Whether its second dimension is that of an image's channels.</summary>
    public bool ReadsPixels { get; init; }
}
