using System.Diagnostics;

namespace Microsoft.ML.Regularization.Benchmarks.FewRows;

/// <summary>What one process measured, of fits one after another.</summary>
/// <param name="FirstSeconds">The first one, which loads libtorch and compiles what runs.</param>
/// <param name="Milliseconds">The middle one of the later ones, by the clock.</param>
/// <param name="ProcessorMilliseconds">Their mean, of all processors.</param>
/// <param name="Kilobytes">Their mean of managed memory that is allocated.</param>
internal sealed record FewRowsMeasurement(double FirstSeconds, double Milliseconds, double ProcessorMilliseconds, double Kilobytes)
{
    // Code is compiled anew while it runs, until it is at its best.
    private const int WarmUps = 10;

    public static FewRowsMeasurement Of(FewRowsWorkload workload, double seconds)
    {
        var view = workload.View();
        var clock = Stopwatch.StartNew();
        Fit();
        var first = clock.Elapsed.TotalSeconds;
        for (var (i, limit) = (0, clock.Elapsed.TotalSeconds + seconds); i < WarmUps && clock.Elapsed.TotalSeconds < limit; i++)
            Fit();

        using var process = Process.GetCurrentProcess();
        var (processor, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        var times = new List<double>();
        var start = clock.Elapsed.TotalSeconds;
        while (times.Count < 3 || clock.Elapsed.TotalSeconds - start < seconds)
        {
            var before = clock.Elapsed.TotalMilliseconds;
            Fit();
            times.Add(clock.Elapsed.TotalMilliseconds - before);
        }

        process.Refresh();
        times.Sort();
        return new(
            first,
            times[times.Count / 2],
            (process.TotalProcessorTime - processor).TotalMilliseconds / times.Count,
            (GC.GetTotalAllocatedBytes() - bytes) / 1024.0 / times.Count);

        void Fit() => (workload.Trainer().Fit(view) as IDisposable)?.Dispose();
    }
}
