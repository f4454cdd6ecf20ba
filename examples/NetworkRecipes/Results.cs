using System.Collections.Concurrent;

namespace NetworkRecipes;

/// <summary>What every run measured.</summary>
internal sealed class Results(IReadOnlyList<int> seeds)
{
    private readonly ConcurrentDictionary<(string Variant, int Seed), Measures> _runs = [];

    public void Add(Variant variant, int seed, Measures measures) => _runs[(variant.Name, seed)] = measures;

    /// <summary>Mean and standard deviation over the seeds.</summary>
    public (double Mean, double Deviation) Of(Variant variant, Func<Measures, double> value)
    {
        var values = seeds.Select(seed => value(_runs[(variant.Name, seed)])).ToArray();
        var mean = values.Average();
        return (mean, values.Length == 1 ? 0 : Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1)));
    }
}
