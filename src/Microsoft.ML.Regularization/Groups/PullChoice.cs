using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Chooses the pull by rows that groups hold out.</summary>
internal static class PullChoice
{
    /// <returns>The pull whose networks are best on all held-out rows together; null where the common network is.</returns>
    /// <param name="channel">Told what was found.</param>
    /// <param name="work">Trains.</param>
    /// <param name="common">A model that has not seen the rows.</param>
    /// <param name="split">The rows.</param>
    /// <param name="pulls">The pulls.</param>
    public static double? Of(IChannel channel, IGroupWork work, CommonModel common, GroupSplit split, IReadOnlyList<double> pulls)
    {
        double?[] candidates = [null, .. pulls];
        double[] means = [.. work.Compare(common, split, candidates).Select(loss => loss / split.HeldOutCount)];
        channel.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Loss of {split.HeldOutCount} rows that {split.Groups.Count} groups hold out: the common network {means[0]:0.0000}, ")
            + string.Join(", ", pulls.Select((pull, i) => string.Create(CultureInfo.InvariantCulture, $"pull {pull} {means[i + 1]:0.0000}"))) + ".");
        return candidates[Array.IndexOf(means, means.Min())];
    }
}
