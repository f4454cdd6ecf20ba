using System.Diagnostics;
using System.Reflection;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>A silo is killed in the midst of a search, which comes to the same as one that was left alone: <c>examples/DistributedSearch -- kill</c>, in short.</summary>
[TestClass]
public sealed class KilledSiloTests
{
    public static readonly string Program =
        typeof(KilledSiloTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "DistributedSearch").Value!;

    [TestMethod]
    public void A_search_whose_silo_is_killed_finds_the_same_model_bit_for_bit()
    {
        var start = new ProcessStartInfo("dotnet", [Program, "kill", "--short"]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output);
        Assert.Contains("killed", output);
        Assert.Contains("the same", output);
    }
}
