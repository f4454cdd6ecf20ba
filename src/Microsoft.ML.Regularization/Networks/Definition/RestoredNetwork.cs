using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A trained network's torch module, on the CPU. It is created from the model's weights when the first row comes, so that a model file can be read without
/// libtorch. Disposing frees it once running computations are done, and a later row creates it again: prediction engines dispose the model that they were
/// created from, while others still use it. libtorch computes each call on the calling thread alone: several rows are shared out before, see
/// <see cref="BlockScoring"/>.
/// </summary>
/// <param name="parts">The parts of the network that scoring needs.</param>
/// <param name="architecture">Its architecture in words, for errors.</param>
/// <param name="create">Makes the module.</param>
/// <param name="noise">Draws the noise of training; null to score without noise.</param>
internal sealed class RestoredNetwork(TrainedParts parts, string architecture, Func<NetworkBuilder, Network> create, RandomKey? noise = null) : IDisposable
{
    private readonly int _width = parts.Input.Width;
    private readonly Lock _restoring = new();
    private SharedNetwork? _shared;

    /// <summary>Whether a draw of the noise can change anything.</summary>
    public bool HasNoise
    {
        get
        {
            var shared = Hold();
            shared.Release();
            return shared.HasNoise;
        }
    }

    /// <param name="rows">The floats of one or more rows, one row after the other.</param>
    /// <param name="outputs">Receives the outputs of each.</param>
    /// <param name="draw">Which draw of the noise. With noise, one thread at a time may compute.</param>
    public void Forward(ReadOnlySpan<float> rows, Span<float> outputs, ulong draw = 0)
    {
        var shared = Hold();
        try
        {
            shared.Network.Clock.Step = draw;
            using var threads = TorchThreads.Hold(1);
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var input = FloatTensors.Empty(rows.Length / _width, _width);
            rows.CopyTo(MemoryMarshal.Cast<byte, float>(input.bytes));
            MemoryMarshal.Cast<byte, float>(shared.Network.forward(input).contiguous().bytes).CopyTo(outputs);
        }
        finally
        {
            shared.Release();
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _shared, null)?.Release();

    private SharedNetwork Hold()
    {
        while (true)
        {
            var shared = Volatile.Read(ref _shared) ?? Restore();
            if (shared.TryHold())
                return shared;
        }
    }

    private SharedNetwork Restore()
    {
        lock (_restoring)
            return _shared ??= Create();
    }

    private SharedNetwork Create()
    {
        LibTorch.CheckScores(parts.Context, architecture);
        using var threads = TorchThreads.Hold(1);

        // A scope of the caller must not free what later calls need.
        using var scope = NewDisposeScope();
        var builder = new NetworkBuilder(parts.Recipe, noise ?? RandomKey.FromSeed(0));
        var network = create(builder);
        if (parts.Scaler is { } scaler)
            network.ScaleInputs(scaler);
        parts.Weights.CopyTo(network);
        if (noise is null)
            network.eval();
        else
            network.SwitchOnNoise();
        scope.Detach([.. scope.DisposablesView]);
        return new SharedNetwork(network, builder.HasNoise);
    }
}
