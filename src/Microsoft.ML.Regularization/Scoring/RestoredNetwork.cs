using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A trained network's torch module, on the CPU. It is made when the first row comes, so that a model file is read without libtorch, and its weights never
/// change from then on.
/// </summary>
internal sealed class RestoredNetwork : IDisposable
{
    private readonly int _width;
    private readonly Lazy<(Network Network, bool HasNoise)> _network;

    /// <param name="context">For errors.</param>
    /// <param name="trained">The network.</param>
    /// <param name="noise">What the noise of training is drawn by; null to score without.</param>
    public RestoredNetwork(IExceptionContext context, TrainedNetwork trained, RandomKey? noise = null)
    {
        _width = trained.Input.Width;
        _network = new(() => Restore(context, trained, noise));
    }

    /// <summary>Whether a draw of the noise can change anything.</summary>
    public bool HasNoise => _network.Value.HasNoise;

    /// <summary>Tells the noise which draw it is.</summary>
    public TrainingClock Clock => _network.Value.Network.Clock;

    /// <param name="rows">The floats of one or more rows, one row after the other.</param>
    /// <param name="outputs">Receives the outputs of each.</param>
    public void Forward(ReadOnlySpan<float> rows, Span<float> outputs)
    {
        var network = _network.Value.Network;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var input = FloatTensors.Empty(rows.Length / _width, _width);
        rows.CopyTo(MemoryMarshal.Cast<byte, float>(input.bytes));
        MemoryMarshal.Cast<byte, float>(network.forward(input).contiguous().bytes).CopyTo(outputs);
    }

    public void Dispose()
    {
        if (_network.IsValueCreated)
            _network.Value.Network.Dispose();
    }

    private static (Network Network, bool HasNoise) Restore(IExceptionContext context, TrainedNetwork trained, RandomKey? noise)
    {
        LibTorch.CheckScores(context, trained.Architecture);
        var builder = new NetworkBuilder(trained.Recipe, noise ?? RandomKey.FromSeed(0));
        var network = trained.Architecture.CreateNetwork(trained.Input, trained.Outputs, builder);
        if (trained.Outcome.InputScaler is { } scaler)
            network.ScaleInputs(scaler);
        trained.Outcome.Weights.CopyTo(network);
        if (noise is null)
            network.eval();
        else
            network.SwitchOnNoise();
        return (network, builder.HasNoise);
    }
}
