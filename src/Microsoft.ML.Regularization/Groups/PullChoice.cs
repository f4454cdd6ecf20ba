using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Chooses the pull by rows that groups hold out.</summary>
internal static class PullChoice
{
    /// <returns>The pull whose networks are best on all held-out rows together; null where the common network is.</returns>
    /// <param name="channel">Told what was found.</param>
    /// <param name="split">The held-out rows.</param>
    /// <param name="training">Of a common network that has not seen them.</param>
    /// <param name="work">Does it.</param>
    /// <param name="pulls">The pulls.</param>
    public static double? Of(IChannel channel, GroupSplit split, GroupTraining training, GroupWork work, IReadOnlyList<double> pulls)
    {
        double?[] candidates = [null, .. pulls];
        var compared = split.Groups;
        var losses = new double[compared.Count, candidates.Length];
        work.Run(losses.Length, isComparing: true, item =>
        {
            var (group, candidate) = Math.DivRem(item, candidates.Length);
            losses[group, candidate] = LossOf(compared[group], candidates[candidate]);
        });
        var means = candidates.Select((_, candidate) => Enumerable.Range(0, compared.Count).Sum(group => losses[group, candidate]) / split.HeldOutCount).ToList();
        channel.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Loss of {split.HeldOutCount} rows that {compared.Count} groups hold out: the common network {means[0]:0.0000}, {string.Join(", ", pulls.Select((pull, i) => string.Create(CultureInfo.InvariantCulture, $"pull {pull} {means[i + 1]:0.0000}")))}."));
        return candidates[means.IndexOf(means.Min())];

        // A group that cannot be trained stays with the common network.
        double LossOf(int group, double? pull)
        {
            try
            {
                return training.LossOf(split.TrainedOf(group), split.HeldOutOf(group), pull);
            }
            catch (InvalidOperationException) when (pull is not null)
            {
                return LossOf(group, null);
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }
}
