using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>This program once more, in a process that no other measurement has warmed up or filled.</summary>
internal static class FreshProcess
{
    private const string Variable = "MEASURES_FOR_ANOTHER";

    /// <summary>Whether this process measures for another one, which reads what it prints.</summary>
    public static bool IsThis => Environment.GetEnvironmentVariable(Variable) is not null;

    /// <summary>Lets a process know that it measures for this one.</summary>
    public static void Mark(ProcessStartInfo start) => start.Environment[Variable] = "1";

    /// <summary>Runs it.</summary>
    /// <param name="arguments">The program's arguments; it prints its result as JSON.</param>
    public static T Run<T>(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        Mark(start);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(output)!
            : throw new InvalidOperationException($"Measuring '{string.Join(' ', arguments)}' failed: {output}");
    }
}
