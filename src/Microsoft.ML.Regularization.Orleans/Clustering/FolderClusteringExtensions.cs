using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>Clusters that find each other by a shared folder.</summary>
public static class FolderClusteringExtensions
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Makes a silo one of those that share a folder; any of them may die. A cluster of a few machines then needs no database. Orleans' own clustering, with a database, suits
    /// larger ones, and <see cref="TrialWorkerExtensions.AddTrialWorker"/> any.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="folder">The folder, made where it does not exist. It must keep locks of files, as local disks and NFS 4 do. Silos tell of themselves in it every 5 seconds.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static ISiloBuilder UseFolderClustering(this ISiloBuilder silo, string folder)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        silo.Services.AddSingleton<IMembershipTable>(new FolderMembershipTable(new ClusterFile(folder), TimeProvider.System));

        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // When all silos have died, those that come back wait until the dead have not told of themselves three times, and look after that.
            options.IAmAliveTablePublishTimeout = options.TableRefreshTimeout = Interval;

            // By its age, a silo whose clock is an hour behind would be taken for dead before it has joined.
            options.SiloGenerationRetirementAge = null;
        });
        return silo;
    }

    /// <summary>Lets a client find the silos that share a folder.</summary>
    /// <param name="client">The client.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The client.</returns>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static IClientBuilder UseFolderClustering(this IClientBuilder client, string folder)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        client.Services.AddSingleton<IGatewayListProvider>(new FolderGateways(new ClusterFile(folder)));
        return client;
    }
}
