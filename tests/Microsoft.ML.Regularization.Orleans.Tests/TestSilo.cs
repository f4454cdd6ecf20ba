using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>Silos in this process, on loopback.</summary>
internal static class TestSilo
{
    /// <param name="folder">The folder by which silos find each other.</param>
    /// <param name="configure">Adds workers, and more.</param>
    public static async Task<IHost> StartAsync(string folder, Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("test", "test"))
                .Configure<ClusterMembershipOptions>(options =>
                    (options.ProbeTimeout, options.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2))
                .ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort())
                .UseFolderClustering(folder);
            configure(silo);
        });
        var host = builder.Build();
        await host.StartAsync(CancellationToken.None);
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
