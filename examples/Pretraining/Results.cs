using System.Collections.Concurrent;

namespace Pretraining;

/// <summary>What every run measured.</summary>
internal sealed class Results(IReadOnlyList<int> seeds)
{
    private readonly ConcurrentDictionary<(Variant Variant, int Seed), double> _runs = [];

    public int Seeds => seeds.Count;

    public void Add(Variant variant, int seed, double value) => _runs[(variant, seed)] = value;

    /// <summary>Mean and standard deviation over the seeds.</summary>
    public (double Mean, double Deviation) Of(Variant variant) => Moments([.. seeds.Select(seed => _runs[(variant, seed)])]);

    /// <summary>Mean and standard deviation of what is gained over another way, seed by seed, and how many seeds gain.</summary>
    public (double Mean, double Deviation, int Gains) Gain(Variant variant, Variant over)
    {
        double[] gains = [.. seeds.Select(seed => _runs[(over, seed)] - _runs[(variant, seed)])];
        var (mean, deviation) = Moments(gains);
        return (mean, deviation, gains.Count(gain => gain > 0));
    }

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        var mean = values.Average();
        return (mean, values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }
}
