using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Scores any architecture by its torch module, on the CPU. The module is made when the first row is scored, so that a model file is read without libtorch;
/// from then on it never changes, and may be used from many threads.
/// </summary>
internal sealed class TorchScorer : INetworkScorer, IDisposable
{
    private readonly int _width;
    private readonly int _outputs;
    private readonly Lazy<Network> _network;

    /// <param name="context">For errors.</param>
    /// <param name="architecture">The network's shape.</param>
    /// <param name="recipe">What it was trained with.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="weights">Its weights, with those of the scaling.</param>
    /// <param name="scaler">How numbers are scaled; null for not at all.</param>
    public TorchScorer(
        IExceptionContext context, NetworkArchitecture architecture, RegularizationRecipe recipe, InputLayout input, int outputs, NetworkWeights weights,
        InputScaler? scaler)
    {
        _width = input.Width;
        _outputs = outputs;
        _network = new Lazy<Network>(() =>
        {
            LibTorch.CheckAvailable(context);
            var network = architecture.CreateNetwork(input, outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(0)));
            if (scaler is not null)
                network.ScaleInputs(scaler);
            weights.CopyTo(network);
            network.eval();
            return network;
        });
    }

    public IReadOnlyList<ScoringLayer> Layers => [];

    public int Blocks => 0;

    public void Score(ReadOnlySpan<float> features, Span<float> outputs, NetworkNoise? noise = null) => ScoreRows(features, outputs);

    public void ScoreRows(ReadOnlySpan<float> rows, Span<float> outputs)
    {
        var network = _network.Value;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var input = FloatTensors.Empty(rows.Length / _width, _width);
        rows.CopyTo(MemoryMarshal.Cast<byte, float>(input.bytes));
        var result = network.forward(input).contiguous();
        MemoryMarshal.Cast<byte, float>(result.bytes).CopyTo(outputs[..(rows.Length / _width * _outputs)]);
    }

    public void Dispose()
    {
        if (_network.IsValueCreated)
            _network.Value.Dispose();
    }
}
