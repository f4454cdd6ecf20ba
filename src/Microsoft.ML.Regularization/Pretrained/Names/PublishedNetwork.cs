namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>A kind of published networks: what its tensors are called.</summary>
/// <param name="Rules">Those that a network of the library needs; the first part of the first rule tells files of this kind.</param>
/// <param name="Unused">Patterns of those it has no use for, such as the published head.</param>
internal sealed record PublishedNetwork(IReadOnlyList<TensorRule> Rules, params IReadOnlyList<string> Unused)
{
    /// <summary>What stands before all names of a file; null where it is of another kind.</summary>
    public string? PrefixIn(IEnumerable<string> names)
    {
        var first = Rules[0].Parts[0].Name;
        return names.Where(name => name == first || name.EndsWith("." + first, StringComparison.Ordinal)).Select(name => name[..^first.Length]).MinBy(prefix => prefix.Length);
    }
}
