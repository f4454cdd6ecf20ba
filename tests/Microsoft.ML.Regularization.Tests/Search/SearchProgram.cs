using System.Diagnostics;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>A program that searches in a folder "search", and writes the best model's weights to a file "weights".</summary>
internal static class SearchProgram
{
    /// <param name="folder">The folder.</param>
    /// <param name="limit">So many blocks of 512 bytes a file may have; null for any.</param>
    /// <returns>Its exit code: 0, 2 for a refusal, 3 for storage; and what it wrote.</returns>
    public static (int Code, string Output) Run(TemporaryFolder folder, int? limit = null)
    {
        string[] command = ["dotnet", KillTests.Program, "search", folder["search"], folder["weights"]];
        var start = new ProcessStartInfo("sh", ["-c", (limit is { } blocks ? $"trap '' XFSZ; ulimit -f {blocks}; " : "") + "exec \"$@\"", "sh", .. command])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";

        // It maps its code from a file of two gigabytes, which the limit would refuse.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
