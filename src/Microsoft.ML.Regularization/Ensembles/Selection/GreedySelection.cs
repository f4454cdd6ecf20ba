using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Greedy selection of an ensemble from a pool of candidates: starts with the best ones and adds the candidate with which the mean of all predictions is
/// best, for as long as that improves it (Caruana, Niculescu-Mizil, Crew and Ksikes, "Ensemble selection from libraries of models", 2004).
/// </summary>
internal sealed class GreedySelection
{
    /// <summary>Candidates that the ensemble may have, those added twice counted twice. At least 1.</summary>
    public int MostMembers { get; init; } = 32;

    // How much worse than the best one a candidate to start from may be.
    private const double FirstTolerance = 0.25;

    /// <summary>
    /// Candidates to start from, the best ones by themselves, of those that are at most a quarter worse than the best. At least 1. On few rows a start from several is safer: what fits them best by itself was partly
    /// lucky.
    /// </summary>
    public int FirstMembers { get; init; } = 1;

    /// <summary>Whether a candidate may be added again, so that it weighs more.</summary>
    public bool WithReplacement { get; init; }

    /// <summary>Whether it goes on to <see cref="MostMembers"/>, or to the end of the pool, where no candidate improves the mean any more.</summary>
    public bool FillsUp { get; init; }

    /// <summary>Selects from a pool; null where no candidate's metric is a number.</summary>
    /// <param name="pool">What the metric needs of each candidate: see <see cref="EnsembleMetric.Reduce"/>.</param>
    /// <param name="metric">What is to be smallest.</param>
    /// <param name="groups">Of which only the best candidate each is among the first; null if each is of a group of its own.</param>
    public EnsembleSelection? Select(IReadOnlyList<float[]> pool, EnsembleMetric metric, IReadOnlyList<int>? groups = null)
    {
        var alone = pool.Select(candidate => metric.Measure(new float[candidate.Length], candidate, 1)).ToArray();

        // Among equal ensembles the candidate wins that is better alone, and then the earlier one.
        var order = Enumerable.Range(0, pool.Count).Where(place => double.IsFinite(alone[place])).OrderBy(place => alone[place]).ToList();
        if (order.Count == 0)
            return null;

        var members = new List<int>();
        var sum = new float[pool[0].Length];
        var loss = double.NaN;
        foreach (var place in order.Where(place => alone[place] <= (1 + FirstTolerance) * alone[order[0]]).DistinctBy(place => groups?[place] ?? place).Take(Math.Min(FirstMembers, MostMembers)).ToList())
            Add(place, metric.Measure(sum, pool[place], members.Count + 1));
        while (members.Count < MostMembers && Best() is ({ } place, var better) && (FillsUp || better < loss))
            Add(place, better);
        return new EnsembleSelection(members, loss);

        void Add(int place, double newLoss)
        {
            members.Add(place);
            loss = newLoss;
            TensorPrimitives.Add(sum, pool[place], sum);
            if (!WithReplacement)
                order.Remove(place);
        }

        (int? Place, double Loss) Best()
        {
            (int? Place, double Loss) best = (null, double.PositiveInfinity);
            foreach (var place in order)
            {
                var with = metric.Measure(sum, pool[place], members.Count + 1);
                if (with < best.Loss)
                    best = (place, with);
            }

            return best;
        }
    }
}
