using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>A program that trains is killed, by any means and at any moment, and ends with the weights of one that was left alone.</summary>
[TestClass]
public sealed class KillTests
{
    private const int Epochs = 60;
    private const int Kills = 20;

    public static readonly string Program =
        typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "KilledTraining").Value!;

    [TestMethod]
    public void Killed_at_twenty_moments_it_ends_with_the_weights_of_a_run_that_was_left_alone()
    {
        using var folder = new TemporaryFolder();
        var moments = new KeyedStream(RandomKey.FromSeed(1).Derive("kills"), 0);
        for (var kill = 1; kill <= Kills; kill++)
        {
            // An epoch takes about 40 ms, nearly all of them for checkpoints.
            var after = kill * Epochs / (Kills + 1);
            var (isKilled, lines) = Train(folder, TimeSpan.FromMilliseconds(moments.NextInt64(40)), after);
            Assert.IsTrue(isKilled, $"kill {kill}");
            Assert.DoesNotContain("warning", lines);
        }

        Assert.IsFalse(Train(folder).IsKilled);
        AssertLikeUninterrupted(folder);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void On_a_full_disk_training_goes_on_and_the_checkpoint_before_stays_whole()
    {
        using var folder = new TemporaryFolder();
        Train(folder, TimeSpan.Zero, killAfter: 3);
        var before = folder.Last;

        // No file can grow beyond 100 KB, and no checkpoint is so small.
        var (isKilled, lines) = Train(folder, TimeSpan.Zero, killAfter: 20, limit: "trap '' XFSZ; ulimit -f 200; ");
        Assert.IsTrue(isKilled);
        Assert.Contains("could not be written", lines);
        CollectionAssert.AreEqual(before, folder.Last);

        Assert.IsFalse(Train(folder).IsKilled);

        // Who is killed while writing leaves a part of a file behind, which the next one writes over.
        Assert.IsEmpty(Directory.GetFiles(folder.Path, "*.tmp"));
        AssertLikeUninterrupted(folder);
    }

    private static void AssertLikeUninterrupted(TemporaryFolder folder)
    {
        using var other = new TemporaryFolder();
        Run("", "none", other["weights"], TimeSpan.Zero, killAfter: null);
        CollectionAssert.AreEqual(File.ReadAllBytes(other["weights"]), File.ReadAllBytes(folder["weights"]));
    }

    private static (bool IsKilled, string Lines) Train(TemporaryFolder folder, TimeSpan delay = default, int? killAfter = null, string limit = "") =>
        Run(limit, folder.Path, folder["weights"], delay, killAfter);

    private static (bool IsKilled, string Lines) Run(string limit, string checkpoints, string output, TimeSpan delay, int? killAfter)
    {
        string[] command = ["dotnet", Program, checkpoints, output, Epochs.ToString(CultureInfo.InvariantCulture)];
        var start = limit.Length == 0
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("sh", ["-c", limit + "exec \"$@\"", "sh", .. command]);
        start.RedirectStandardOutput = true;
        start.Environment["OMP_NUM_THREADS"] = "1";

        // It maps its code from a file of two gigabytes, which the limit would refuse.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line.Split(' ') is ["epoch", var epoch] && int.Parse(epoch, CultureInfo.InvariantCulture) >= killAfter)
            {
                Thread.Sleep(delay);
                process.Kill();
            }
        }

        process.WaitForExit();
        var text = string.Join('\n', lines);
        Assert.IsTrue(process.ExitCode == 0 || killAfter is not null, text);
        return (process.ExitCode != 0, text);
    }
}
