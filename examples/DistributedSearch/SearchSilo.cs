using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML.Regularization.Orleans;
using Orleans.Configuration;

namespace DistributedSearch;

/// <summary>A silo as a process of its own, on loopback.</summary>
internal static class SearchSilo
{
    public const string Ready = "silo ready";

    /// <param name="folder">The folder that all silos share.</param>
    /// <param name="siloPort">Silos talk to each other by this port.</param>
    /// <param name="gatewayPort">Clients talk to it by this one.</param>
    /// <param name="searches">The searches that it has a worker for.</param>
    public static async Task RunAsync(string folder, int siloPort, int gatewayPort, IEnumerable<DigitSearch> searches)
    {
        // begin silo
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("search", "search"))
                .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
                .UseFolderClustering(folder);
            foreach (var search in searches)
                silo.AddTrialWorker(search.Name, search.MakeRunner);
        });
        // end silo

        // A silo that was killed is noticed within seconds.
        builder.Services.Configure<ClusterMembershipOptions>(options =>
            (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(1), 2, 1));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Ready);
        _ = Task.Run(() =>
        {
            // Whoever started it has died.
            while (Console.In.ReadLine() is not null)
            {
            }

            Environment.Exit(0);
        });
        await host.WaitForShutdownAsync();
    }

    /// <summary>A client of the silos.</summary>
    public static async Task<IHost> ConnectAsync(string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("search", "search"))
            .UseFolderClustering(folder)
            .UseConnectionRetryFilter(async (_, token) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), token);
                return true;
            }));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
