using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Regularization.Benchmarks.Training;

namespace Microsoft.ML.Regularization.Benchmarks.Busy;

/// <summary>The processes of <see cref="BusyCommand"/>.</summary>
internal static class BusyProcess
{
    public const string Spin = "spin";
    public const string Fit = "fit";

    /// <summary>A process that takes longer is ended.</summary>
    public const double MostSeconds = 120;

    private const string Started = "started";

    public static void SpinForever()
    {
        // Ends with the process that started it.
        using var input = Console.OpenStandardInput();
        new Thread(() =>
        {
            while (input.ReadByte() >= 0)
            {
            }

            Environment.Exit(0);
        }).Start();
        while (true)
            Thread.SpinWait(1000);
    }

    /// <summary>Prints the seconds of all fits but for reading the rows.</summary>
    public static void Train(BusyNetwork network, int fits)
    {
        var view = LibraryTraining.View(network.Rows, network.Dimensions);
        Console.WriteLine(Started);
        var start = Stopwatch.GetTimestamp();
        for (var fit = 0; fit < fits; fit++)
            new MLContext(seed: 1).MulticlassClassification.Trainers.NeuralNetwork(network.Options).Fit(view);
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The seconds of a situation's fits.</summary>
    /// <param name="network">The place of the network in <see cref="BusyNetwork.All"/>.</param>
    /// <param name="situation">What they run beside.</param>
    /// <param name="setting">A variable of the environment, and its value.</param>
    public static double Measure(int network, BusySituation situation, (string Name, string? Value) setting)
    {
        var neighbours = Enumerable.Range(0, situation.Neighbours).Select(_ => Start([Spin], setting)).ToList();
        using var quota = situation.Quota is { } processors ? CpuQuota.TryCreate(processors) ?? throw new NotSupportedException("The system grants no quotas.") : null;
        using var process = Start(
            [Fit, network.ToString(CultureInfo.InvariantCulture), situation.Fits.ToString(CultureInfo.InvariantCulture)], setting, quota);
        try
        {
            if (process.StandardOutput.ReadLine() != Started)
                throw new InvalidOperationException("The process that trains has failed.");
            if (situation.IsPinned)
                Pin(process.Id);
            var line = process.StandardOutput.ReadLineAsync();
            return line.Wait(TimeSpan.FromSeconds(MostSeconds)) ? double.Parse(line.Result!, CultureInfo.InvariantCulture) : MostSeconds;
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
            neighbours.ForEach(neighbour => neighbour.Kill());
            neighbours.ForEach(neighbour => neighbour.Dispose());
        }
    }

    private static Process Start(string[] arguments, (string Name, string? Value) setting, CpuQuota? quota = null)
    {
        string[] command = [Environment.ProcessPath!, "busy", .. arguments];
        if (quota is not null)
            command = ["/bin/sh", "-c", $"{quota.Join}; exec \"$@\"", "sh", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        FreshProcess.Mark(start);
        if (setting.Value is not null)
            start.Environment[setting.Name] = setting.Value;
        return Process.Start(start)!;
    }

    // All of its threads; those that come later follow the one that makes them.
    private static void Pin(int process)
    {
        using var taskset = Process.Start(new ProcessStartInfo(
            "taskset", ["-a", "-c", "-p", "0", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        taskset.WaitForExit();
    }
}
