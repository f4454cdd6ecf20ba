using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Search;

/// <summary>
/// Proposes settings by the tree-structured Parzen estimator (Bergstra et al. 2011): in each dimension the values of the best observations and those of all others give a
/// density each; of some values drawn from the first one, that is taken whose share of the first to the second is greatest, which has the greatest expected improvement.
/// </summary>
/// <param name="dimensions">What is varied.</param>
internal sealed class TreeParzen(IReadOnlyList<SearchDimension> dimensions)
{
    private const double BestShare = 0.15;
    private const int Candidates = 24;

    // Estimates may be led astray by a few lucky trials: some draws look elsewhere.
    private const double RandomShare = 0.1;

    /// <summary>Observations below which values are drawn at random.</summary>
    public int Needed => dimensions.Count + 2;

    public ValueList<TrialValue> Propose(IReadOnlyList<Observation> observations, KeyedStream stream)
    {
        var isRandom = stream.NextDouble() < RandomShare || observations.Count < Needed || observations.All(observation => !double.IsFinite(observation.Loss));
        if (isRandom)
            return Draw(stream);

        var sorted = observations.OrderBy(observation => observation.Loss).ToList();
        var count = (int)Math.Ceiling(BestShare * sorted.Count);
        List<TrialValue> values = [];
        foreach (var dimension in dimensions)
            values.Add(new(dimension.Name, Best(dimension, sorted[..count], sorted[count..], ref stream)));
        return [.. values];
    }

    /// <summary>A value for each dimension, all of a range alike.</summary>
    public ValueList<TrialValue> Draw(KeyedStream stream)
    {
        List<TrialValue> values = [];
        foreach (var dimension in dimensions)
            values.Add(new(dimension.Name, dimension.At(stream.NextDouble())));
        return [.. values];
    }

    private static double Best(SearchDimension dimension, IEnumerable<Observation> best, IEnumerable<Observation> others, ref KeyedStream stream)
    {
        var (good, bad) = (Estimate(dimension, best), Estimate(dimension, others));
        var (chosen, greatest) = (double.NaN, double.NegativeInfinity);
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            var value = good.Draw(ref stream);
            var gain = good.LogDensityAt(value) - bad.LogDensityAt(value);
            if (gain > greatest)
                (chosen, greatest) = (value, gain);
        }

        return chosen;
    }

    private static IParzenEstimator Estimate(SearchDimension dimension, IEnumerable<Observation> observations)
    {
        var values = observations.Select(observation => observation.In(dimension));
        return dimension.Choices is { } choices ? new ChoiceEstimator(choices, values) : new NumberEstimator(dimension, values);
    }
}
