using System.Diagnostics;

namespace Microsoft.ML.Regularization.Benchmarks.Export;

/// <summary>What one process measured, of files written one after another.</summary>
/// <param name="Kilobytes">Of a file.</param>
/// <param name="FirstMilliseconds">The first one, which compiles what runs.</param>
/// <param name="ProcessorMilliseconds">Its time of all processors, which other programs hardly change.</param>
/// <param name="LeastMilliseconds">The shortest of the later ones.</param>
/// <param name="MiddleMilliseconds">The middle one of them.</param>
/// <param name="MostMilliseconds">The longest of them.</param>
internal sealed record ExportMeasurement(
    double Kilobytes, double FirstMilliseconds, double ProcessorMilliseconds, double LeastMilliseconds, double MiddleMilliseconds, double MostMilliseconds)
{
    private const int Later = 50;

    public static ExportMeasurement Of(ExportWorkload workload)
    {
        var network = workload.Train();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var bytes = Write();
        var first = clock.Elapsed.TotalMilliseconds;
        process.Refresh();
        var processor = (process.TotalProcessorTime - before).TotalMilliseconds;
        var later = new double[Later];
        for (var i = 0; i < Later; i++)
        {
            var start = clock.Elapsed.TotalMilliseconds;
            Write();
            later[i] = clock.Elapsed.TotalMilliseconds - start;
        }

        Array.Sort(later);
        return new(bytes / 1024.0, first, processor, later[0], later[Later / 2], later[^1]);

        long Write()
        {
            using var file = new MemoryStream();
            network.SaveOnnx(file);
            return file.Length;
        }
    }
}
