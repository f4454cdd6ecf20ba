using Microsoft.ML.Regularization.Arithmetic;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// The threads that libtorch computes with for a fit, until it is disposed: a number that nothing else in the process changes meanwhile, so that the same seed
/// gives the same bits beside other fits.
/// </summary>
internal sealed class TrainingThreads : IDisposable
{
    private readonly TorchThreads _threads;
    private readonly SleepingTeam? _team;

    private TrainingThreads(int count)
    {
        _threads = TorchThreads.Hold(count);
        _team = count > 1 ? SleepingTeam.Hold() : null;
    }

    /// <summary>
    /// One where the network is mostly products of matrices: the <see cref="ThreadTeam"/> is faster there, and libtorch's own threads would take the processors
    /// from it. Else as many as libtorch takes by itself, but not more than the process is granted, which libtorch does not ask. A
    /// thread that works alone has one.
    /// </summary>
    /// <param name="teamThreads">Up to how many threads of the team one thread of libtorch is enough; 0 for never.</param>
    /// <param name="device">Where libtorch computes.</param>
    public static int CountFor(int teamThreads, Device device)
    {
        if (device.type != TorchSharp.DeviceType.CPU)
            return TorchThreads.Usual;

        return HeldTeam.OfThread is { Size: 1 } || (MatrixTile.IsWide && ThreadTeam.Current.Size <= teamThreads) ? 1 : Math.Min(TorchThreads.Usual, Environment.ProcessorCount);
    }

    /// <summary>See <see cref="CountFor"/>.</summary>
    public static TrainingThreads Hold(int teamThreads, Device device) => new(CountFor(teamThreads, device));

    public void Dispose()
    {
        _team?.Dispose();
        _threads.Dispose();
    }
}
