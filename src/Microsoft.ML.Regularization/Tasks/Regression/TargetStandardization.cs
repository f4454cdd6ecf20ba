using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Targets of a regression in units of their standard deviation, from their mean.</summary>
internal sealed class TargetStandardization(TargetScale scale) : TargetEncoding
{
    // Squares of these, and their sums over rows, are well within the range of floats.
    private const double MostDeviations = 1e15;

    public override TargetScale? Scale => scale;

    public override void Check(IExceptionContext context, string labelColumnName, params ReadOnlySpan<LabelSummary> rows)
    {
        foreach (var summary in rows)
        {
            foreach (var target in summary.Count == 0 ? [] : new[] { summary.LeastTarget, summary.GreatestTarget })
            {
                if (Math.Abs(target - scale.Mean) > MostDeviations * scale.Deviation)
                {
                    throw context.Except(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Column '{labelColumnName}': a target must be within {MostDeviations} standard deviations ({(float)scale.Deviation}) of the mean "
                        + $"({(float)scale.Mean}), but one is {target}."));
                }
            }
        }
    }

    public override void Apply(Span<float> targets, double labelSmoothing)
    {
        foreach (ref var target in targets)
            target = (float)((target - scale.Mean) / scale.Deviation);
    }
}
