using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Numbers (batch, n) to their vectors (batch, n * size): see <see cref="PiecewiseLinearEmbedding"/>.</summary>
internal sealed class PiecewiseLinearEmbeddingLayer : nn.Module<Tensor, Tensor>, IBinnedLayer, INumberLayer
{
    private readonly double _rate;

    [ComponentName(Name = "slope")]
    private readonly Parameter _slope;

    [ComponentName(Name = "shift")]
    private readonly Parameter _shift;

    [ComponentName(Name = "change")]
    private readonly Parameter _change;

    [ComponentName(Name = "edges")]
    private readonly Tensor _edges;

    /// <param name="numbers">How many numbers.</param>
    /// <param name="embedding">Its bins and size.</param>
    /// <param name="rate">The parameters are stored divided by this constant.</param>
    /// <param name="builder">Draws the initial weights.</param>
    public PiecewiseLinearEmbeddingLayer(int numbers, PiecewiseLinearEmbedding embedding, double rate, NetworkBuilder builder)
        : base(nameof(PiecewiseLinearEmbeddingLayer))
    {
        _rate = rate;
        var bound = 1 / Math.Sqrt(embedding.Size) / rate;
        _slope = ModuleParameter.Of(builder.Weights.Uniform(bound, numbers, embedding.Size));
        _shift = ModuleParameter.Of(builder.Weights.Uniform(bound, numbers, embedding.Size));
        _change = ModuleParameter.Of(FloatTensors.Zeros(numbers, embedding.Bins, embedding.Size));
        _edges = FloatTensors.Zeros(numbers, embedding.Bins + 1);
        register_parameter("slope", _slope);
        register_parameter("shift", _shift);
        register_parameter("change", _change);
        register_buffer("edges", _edges);
        foreach (var parameter in new[] { _slope, _shift, _change }.Where(_ => rate != 1))
            builder.DecayFactors.Add(new DecayFactor(parameter, rate * rate));
    }

    /// <inheritdoc/>
    public void TakeEdges(ReadOnlySpan<float> edges) => edges.CopyTo(MemoryMarshal.Cast<byte, float>(_edges.bytes));

    /// <inheritdoc/>
    public InputPass CreatePass() => new PiecewiseLinearPass(
        _edges, new ParameterMemory(_slope), new ParameterMemory(_shift), new ParameterMemory(_change), (int)_slope.shape[1], _rate);

    public override Tensor forward(Tensor input)
    {
        var (slope, shift, change) = _rate == 1 ? (_slope, _shift, _change) : (_slope.Times(_rate), _shift.Times(_rate), (Tensor)_change.Times(_rate));
        if (PiecewiseLinearFunction.Takes(input, change))
        {
            var bins = new PiecewiseBins(MemoryMarshal.Cast<byte, float>(_edges.bytes), (int)_edges.shape[1] - 1);
            return PiecewiseLinearFunction.Of(input, slope, shift, change, bins);
        }

        var number = input.unsqueeze(-1);
        var pieces = Codes(number).transpose(0, 1).matmul(change).transpose(0, 1);
        return (number * slope).Plus(shift).Plus(pieces).flatten(1);
    }

    // (batch, n, bins).
    private Tensor Codes(Tensor number)
    {
        var bins = _edges.shape[1] - 1;
        var lower = _edges.narrow(1, 0, bins);
        var width = _edges.narrow(1, 1, bins) - lower;
        var isBin = width.IsAtLeast(PiecewiseBins.LeastWidth);
        var first = zeros_like(width);
        first.narrow(1, 0, 1).Fill(-PiecewiseBins.Reach);
        var isLast = isBin.logical_and(cat([isBin.narrow(1, 1, bins - 1), zeros_like(isBin.narrow(1, 0, 1))], 1).logical_not());
        var last = isLast.to_type(width.dtype).Times(PiecewiseBins.Reach).Plus(1);
        var share = where(isBin, (number - lower) / where(isBin, width, ones_like(width)), zeros_like(width));
        return share.maximum(first).minimum(last);
    }
}
