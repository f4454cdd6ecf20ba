using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Until it is disposed, libtorch computes for this thread on this thread alone. Its other threads wait for work by spinning, which would take the
/// processors from the <see cref="ThreadTeam"/>. For a network that is mostly products of matrices, the team is the faster.
/// </summary>
internal sealed class OneTorchThread : IDisposable
{
    private readonly int _before = get_num_threads();

    private OneTorchThread() => set_num_threads(1);

    /// <summary>Null where libtorch's own threads do better.</summary>
    public static OneTorchThread? For(NetworkArchitecture architecture, Device device) =>
        MatrixTile.IsWide && ThreadTeam.Shared.Size <= architecture.TeamThreads && device.type == TorchSharp.DeviceType.CPU ? new OneTorchThread() : null;

    public void Dispose() => set_num_threads(_before);
}
