using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Tests.Arithmetic;

/// <summary>
/// What holds for products and for training in managed code holds on processors with vectors of 128 bits too, such as those of ARM64: the same tests, in a process
/// that makes do with them.
/// </summary>
[TestClass]
public sealed class SmallVectorsTests
{
    private const string Mark = "TESTS_SMALL_VECTORS";

    private static bool IsChild => Environment.GetEnvironmentVariable(Mark) is not null;

    [TestMethod]
    public void Vectors_of_128_bits_serve_as_well()
    {
        if (IsChild)
        {
            Assert.IsFalse(Vector256.IsHardwareAccelerated);
            return;
        }

        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            ["--filter", $"ClassName~{nameof(SmallVectorsTests)}|ClassName~{nameof(MatrixProductTests)}|ClassName~{nameof(Networks.Passes.ManagedTrainingTests)}", "--no-ansi"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[Mark] = "1";
        start.Environment["DOTNET_PreferredVectorBitWidth"] = "128";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.AreEqual(0, process.ExitCode, output);
    }
}
