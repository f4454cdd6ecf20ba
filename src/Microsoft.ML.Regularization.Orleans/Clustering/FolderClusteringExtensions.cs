using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Messaging;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>Clusters that find each other by a shared folder.</summary>
public static class FolderClusteringExtensions
{
    /// <summary>
    /// Makes a silo one of those that share a folder; any of them may die. A cluster of a few machines then needs no database. Orleans' own clustering, with a database, suits
    /// larger ones, and <see cref="TrialWorkerExtensions.AddTrialWorker"/> any.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="folder">The folder, made where it does not exist. It must keep locks of files, as local disks and NFS 4 do.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static ISiloBuilder UseFolderClustering(this ISiloBuilder silo, string folder)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var file = new ClusterFile(folder);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<IMembershipTable>(services => new FolderMembershipTable(file, services.GetRequiredService<TimeProvider>()));
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
