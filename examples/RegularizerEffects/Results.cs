using System.Collections.Concurrent;

namespace RegularizerEffects;

/// <summary>What every run measured.</summary>
internal sealed class Results(IReadOnlyList<int> seeds)
{
    private readonly ConcurrentDictionary<(string Variant, string Set, int Seed), Measures> _runs = [];

    public void Add(Variant variant, DataSet set, int seed, Measures measures) => _runs[(variant.Name, set.Name, seed)] = measures;

    /// <summary>Mean and standard deviation over the seeds.</summary>
    public (double Mean, double Deviation) Of(Variant variant, DataSet set, Func<Measures, double> value)
    {
        var values = seeds.Select(seed => value(_runs[(variant.Name, set.Name, seed)])).ToArray();
        var mean = values.Average();
        return (mean, values.Length == 1 ? 0 : Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1)));
    }

    /// <summary>The mean difference to the variant it is compared with, on the same rows, and the standard error of that mean.</summary>
    public (double Mean, double Error) Against(Variant variant, DataSet set, Func<Measures, double> value)
    {
        var differences = seeds
            .Select(seed => value(_runs[(variant.Name, set.Name, seed)]) - value(_runs[(variant.Against!, set.Name, seed)])).ToArray();
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Sum(x => (x - mean) * (x - mean)) / Math.Max(1, differences.Length - 1));
        return (mean, deviation / Math.Sqrt(differences.Length));
    }

    /// <summary>In how many runs of all sets a value is below that of the variant it is compared with, on the same rows; ties count as half.</summary>
    public double Wins(Variant variant, Func<Measures, double> value) => DataSet.All.Sum(set => seeds.Sum(seed =>
    {
        var difference = value(_runs[(variant.Name, set.Name, seed)]) - value(_runs[(variant.Against!, set.Name, seed)]);
        return difference < 0 ? 1 : difference == 0 ? 0.5 : 0;
    }));

    public double Seconds(Variant variant) => DataSet.All.Average(set => Of(variant, set, measures => measures.Seconds).Mean);
}
