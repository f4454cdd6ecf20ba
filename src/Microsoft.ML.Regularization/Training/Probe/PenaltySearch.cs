using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Tries the penalties of a path by the loss on rows that were left out: see <see cref="LinearProbe"/>.</summary>
/// <param name="table">The rows' features and targets.</param>
/// <param name="strata">Of each row its class.</param>
/// <param name="fit">Fits heads.</param>
/// <param name="folds">How many folds, at least 2 and at most as many as there are rows.</param>
/// <param name="key">Deals the rows.</param>
internal sealed class PenaltySearch(RowTable table, int[] strata, HeadFit fit, int folds, RandomKey key)
{
    private const double Strongest = 10;
    private const int Steps = 15;
    private const int MostRises = 3;

    // Of few rows one deal says little.
    private const int RowsOfDeals = 400;
    private const int MostDeals = 10;

    // Of the logarithm of the temperature, to which few rows without an error would set no bound.
    private const double PriorDeviation = 1;

    private readonly List<DealtFolds> _deals =
        [.. Enumerable.Range(0, Math.Clamp(RowsOfDeals / table.Count, 1, MostDeals)).Select(deal => new DealtFolds(table, strata, fit, folds, key.Derive((ulong)deal)))];

    /// <summary>The penalties of the path from strong to weak, until the loss keeps rising.</summary>
    public IReadOnlyList<TriedPenalty> TryAll()
    {
        var (tried, rises) = (new List<TriedPenalty>(), 0);
        for (var step = 0; step < Steps && rises < MostRises; step++)
        {
            var least = tried.Count == 0 ? double.PositiveInfinity : tried.Min(other => other.Loss);
            tried.Add(Try(Strongest * Math.Pow(10, -step / 2.0)));
            rises = tried[^1].Loss < least ? 0 : rises + 1;
        }

        return tried;
    }

    /// <summary>One penalty.</summary>
    public TriedPenalty Try(double penalty)
    {
        foreach (var deal in _deals)
            deal.Fit(penalty);
        var multiplier = fit.HasClasses ? Multiplier() : 1;
        var (loss, weights) = (0.0, 0.0);
        foreach (var deal in _deals)
        {
            deal.ForEach((row, outputs, target) =>
            {
                loss += table.Weight(row) * fit.LossOf(outputs, target, multiplier);
                weights += table.Weight(row);
            });
        }

        return new TriedPenalty(penalty, loss / Math.Max(weights, double.Epsilon), multiplier, [.. _deals[0].Outputs]);
    }

    // What outputs are multiplied by at the temperature of least loss.
    private double Multiplier()
    {
        var rows = new CalibrationRows(fit.Outputs);
        foreach (var deal in _deals)
            deal.ForEach((row, outputs, target) => rows.Add(outputs, target, table.Weight(row)));
        return 1 / (TemperatureFit.Of(rows, PriorDeviation)?.Temperature ?? 1);
    }
}
