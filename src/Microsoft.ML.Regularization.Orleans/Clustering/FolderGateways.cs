using System.Net;
using Orleans.Messaging;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>The silos that clients may talk to, by the file of their cluster.</summary>
internal sealed class FolderGateways(ClusterFile file) : IGatewayListProvider
{
    public TimeSpan MaxStaleness => TimeSpan.FromSeconds(2);

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>(
    [
        .. file.Read().Silos.Where(silo => silo.Status == $"{SiloStatus.Active}" && silo.ProxyPort > 0).Select(silo =>
        {
            var address = SiloAddress.FromParsableString(silo.Address);
            return SiloAddress.New(new IPEndPoint(address.Endpoint.Address, silo.ProxyPort), address.Generation).ToGatewayUri();
        }),
    ]);
}
