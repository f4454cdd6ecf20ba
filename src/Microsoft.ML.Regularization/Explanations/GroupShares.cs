namespace Microsoft.ML.Regularization.Explanations;

/// <summary>
/// Deals groups of background rows out among networks: each network has groups from low to high scores, and each group networks that count as much together as those of another, up to one
/// of them (systematic sampling).
/// </summary>
internal static class GroupShares
{
    /// <param name="shares">How much each network counts; they sum to 1.</param>
    /// <param name="groups">How many groups there are, in the order of their scores.</param>
    /// <param name="networksOfGroup">How many networks a group has, in the mean at least; all where there are fewer.</param>
    /// <returns>The groups of each network, in order; as many of each.</returns>
    public static int[][] Deal(IReadOnlyList<double> shares, int groups, int networksOfGroup)
    {
        var each = (int)Math.Min(groups, ((long)groups * Math.Min(networksOfGroup, shares.Count) + shares.Count - 1) / shares.Count);
        var before = 0.0;
        return [.. shares.Select(share =>
        {
            // The middle of its share, where all shares stand one behind the other.
            var place = before + share / 2;
            before += share;
            return Enumerable.Range(0, each).Select(part => Math.Min(groups - 1, (int)((part + place) * groups / each))).ToArray();
        })];
    }
}
