using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace DistributedSearch;

/// <summary>A silo as a process of its own, to be killed.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    /// <summary>A silo of this program.</summary>
    public static Task<SiloProcess> StartAsync(string folder) => StartAsync(folder, Assembly.GetEntryAssembly()!.Location);

    /// <param name="folder">The folder that all silos share.</param>
    /// <param name="program">The program that has the silo.</param>
    public static async Task<SiloProcess> StartAsync(string folder, string program)
    {
        var (silo, gateway) = FreePorts();
        var start = new ProcessStartInfo("dotnet", [program, "silo", folder, silo.ToString(CultureInfo.InvariantCulture), gateway.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == SearchSilo.Ready)
                return new SiloProcess(process);
        }

        throw new InvalidOperationException("A silo ended before it was ready.");
    }

    public int Id => _process.Id;

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
