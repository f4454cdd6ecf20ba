using System.Diagnostics;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>What one process measured.</summary>
/// <param name="RowsPerSecond">Rows scored in the median run.</param>
/// <param name="BytesPerRow">Managed bytes allocated for each row.</param>
/// <param name="ProcessorMicroseconds">What a row takes of the processors, whatever else runs on them.</param>
internal sealed record ScoringSpeed(double RowsPerSecond, double BytesPerRow, double ProcessorMicroseconds)
{
    private const int WarmUpRuns = 2;

    /// <summary>Repeats a run until the time is over; the first ones warm up.</summary>
    public static ScoringSpeed Of(double seconds, int rows, Action run)
    {
        var times = new List<double>(capacity: 1 << 20);
        var total = Stopwatch.StartNew();
        var (bytesBefore, processorBefore) = (0L, 0.0);
        for (var i = 0; i < WarmUpRuns + 3 || total.Elapsed.TotalSeconds < seconds; i++)
        {
            if (i == WarmUpRuns)
            {
                times.Clear();
                processorBefore = Environment.CpuUsage.TotalTime.TotalMicroseconds;
                bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
            }

            var start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var bytes = GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
        var processor = Environment.CpuUsage.TotalTime.TotalMicroseconds - processorBefore;
        var count = times.Count;
        times.Sort();
        return new ScoringSpeed(rows / times[count / 2], (double)bytes / rows / count, processor / rows / count);
    }
}
