using Microsoft.ML.Regularization.Reports;

namespace Microsoft.ML.Regularization.Search;

/// <summary>The metric of a search's trials, in their order.</summary>
internal static class SearchChart
{
    // A few trials that went wrong would press all others together.
    private const double ShownShare = 0.9;

    public static SvgChart Of(ValidationMetric metric, IReadOnlyList<TrialResult> trials)
    {
        var points = trials.Where(result => result.Value is not null).Select(result => (X: (double)result.Trial.Number, Y: result.Value!.Value, result.HasEnded)).ToList();
        var sorted = points.Select(point => point.Y).OrderBy(value => MetricDirection.LossOf(metric, value)).ToList();
        var shown = sorted.Take(Math.Max(1, (int)Math.Ceiling(ShownShare * sorted.Count)));
        var y = Axis.Around($"{metric} of the validation rows", shown, "0.####");
        return new SvgChart("Trials of the search", new Axis("trial", 0, Math.Max(2, trials.Max(result => result.Trial.Number) + 1), "0"), y)
            .Line(Steps(metric, points.Select(point => (point.X, point.Y))), "c2", "the best so far")
            .Points(points.Where(point => !point.HasEnded).Select(point => (point.X, point.Y)), "c1 faint")
            .Points(points.Where(point => point.HasEnded).Select(point => (point.X, point.Y)), "c1", "trials; pale: ended early");
    }

    private static IEnumerable<(double X, double Y)> Steps(ValidationMetric metric, IEnumerable<(double X, double Y)> points)
    {
        double? best = null;
        foreach (var (x, y) in points)
        {
            if (best is { } before)
                yield return (x, before);
            if (MetricDirection.LossOf(metric, y) < MetricDirection.LossOf(metric, best))
                best = y;
            yield return (x, best!.Value);
        }
    }
}
