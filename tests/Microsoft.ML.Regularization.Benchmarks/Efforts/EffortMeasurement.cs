using System.Diagnostics;

namespace Microsoft.ML.Regularization.Benchmarks.Efforts;

/// <summary>What a whole Fit took in a process of its own, with all that happens only once.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors.</param>
internal sealed record EffortMeasurement(double Seconds, double ProcessorSeconds)
{
    public static EffortMeasurement Of(EffortWorkload workload)
    {
        var view = workload.View();
        var trainer = workload.Trainer(new MLContext(seed: 1));
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        using var model = trainer.Fit(view) as IDisposable;
        process.Refresh();
        return new(clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
    }
}
