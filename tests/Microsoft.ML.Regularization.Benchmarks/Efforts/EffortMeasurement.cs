using System.Diagnostics;

namespace Microsoft.ML.Regularization.Benchmarks.Efforts;

/// <summary>What whole fits took in a process of their own, with all that happens only once.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors.</param>
internal sealed record EffortMeasurement(double Seconds, double ProcessorSeconds)
{
    public static EffortMeasurement Of(EffortWorkload workload)
    {
        var view = workload.View();
        var ml = new MLContext(seed: 1);
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        for (var fit = 0; fit < workload.Fits; fit++)
            (workload.Trainer(ml).Fit(view) as IDisposable)?.Dispose();
        process.Refresh();
        return new(clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
    }
}
