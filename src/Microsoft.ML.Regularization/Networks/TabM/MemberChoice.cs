namespace Microsoft.ML.Regularization.Networks;

/// <summary>The weights of a <see cref="TabMArchitecture"/> with some of its members.</summary>
internal static class MemberChoice
{
    // What each member has of its own, one member after the other.
    private static readonly string[] Own = ["members.factor", "output.weight", "output.bias"];

    /// <param name="weights">Those of all members.</param>
    /// <param name="members">How many there are.</param>
    /// <param name="kept">Which stay, from 0.</param>
    public static NetworkWeights Of(NetworkWeights weights, int members, IReadOnlyList<int> kept) =>
        new([.. weights.Tensors.Select(tensor => Own.Contains(tensor.Name) ? Part(tensor, members, kept) : tensor)]);

    private static NetworkTensor Part(NetworkTensor tensor, int members, IReadOnlyList<int> kept)
    {
        var size = tensor.Values.Length / members;
        var values = new float[kept.Count * size];
        foreach (var (place, member) in kept.Index())
            tensor.Values.Span.Slice(member * size, size).CopyTo(values.AsSpan(place * size));
        return new NetworkTensor(tensor.Name, [tensor.Shape[0] / members * kept.Count, .. tensor.Shape.Skip(1)], values);
    }
}
