using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Errors in the target's own units, of which every row's is kept, with its target.</summary>
internal sealed class RegressionMeter(TargetScale scale) : ValidationMeter
{
    private readonly List<double> _targets = [];
    private readonly List<double> _errors = [];

    public override void Add(ReadOnlySpan<float> output, RowLabel label)
    {
        var target = label.Values[0];
        _targets.Add(target);
        _errors.Add(Math.Abs(scale.Restore(output[0]) - target));
    }

    public override IReadOnlyDictionary<ValidationMetric, double> Measure(RowLosses rows)
    {
        double[] targets = [.. _targets];
        var mean = Mean(targets);
        var variance = Mean(Array.ConvertAll(targets, value => (value - mean) * (value - mean)));
        var meanSquare = Mean([.. _errors.Select(error => error * error)]);
        var metrics = new Dictionary<ValidationMetric, double>
        {
            [ValidationMetric.Loss] = rows.Mean,
            [ValidationMetric.MeanAbsoluteError] = Mean([.. _errors]),
            [ValidationMetric.RootMeanSquaredError] = Math.Sqrt(meanSquare),
        };
        if (targets.Where((_, row) => rows.Weights[row] > 0).Distinct().Skip(1).Any())
            metrics[ValidationMetric.RSquared] = 1 - meanSquare / variance;
        return metrics;

        double Mean(double[] values) => (rows with { Losses = values }).Mean;
    }
}
