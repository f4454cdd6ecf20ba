using System.Buffers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Scores a <see cref="RecurrentArchitecture"/> in managed SIMD code, without libtorch. A row gives the same bits alone as among others.</summary>
internal sealed class RecurrentScorer : INetworkScorer
{
    // So many stay in the cache, with what a step computes of them.
    private const int MostRows = 96;

    private readonly RecurrentUnits[][] _layers;
    private readonly float[]? _vectors;
    private readonly int _width;
    private readonly SequencePooling _pooling;
    private readonly ScoringLayer _output;

    /// <param name="context">For errors.</param>
    /// <param name="layers">The network's layers.</param>
    /// <param name="weights">Its weights.</param>
    public RecurrentScorer(IExceptionContext context, IReadOnlyList<LayerDescription> layers, NetworkWeights weights)
    {
        var recurrent = layers.OfType<RecurrentDescription>().ToList();
        _layers = [.. recurrent.Select(layer => layer.Names.Select(name => RecurrentUnits.Read(context, weights, name, layer)).ToArray())];
        _vectors = layers[0] is TokensDescription tokens ? weights.Read(context, tokens.Name + ".weight", tokens.Count, tokens.Width) : null;
        _width = recurrent[0].Inputs;
        _pooling = recurrent[^1].Pooling ?? throw new ArgumentException("Nothing pools the last layer's states.", nameof(layers));
        _output = new ScoringLayerReader(context, weights, dropout: null).ReadAll(layers.TakeLast(1)).Single();
    }

    public IReadOnlyList<ScoringLayer> Layers => [_output];

    public int Blocks => 0;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        if (noise is not null)
            throw new NotSupportedException("The noise of recurrent networks is drawn by libtorch's modules.");

        var (width, size) = (rows.Length / count, outputs.Length / count);
        for (var first = 0; first < count; first += MostRows)
        {
            var part = Math.Min(MostRows, count - first);
            ScorePart(rows.Slice(first * width, part * width), part, outputs.Slice(first * size, part * size));
        }
    }

    private void ScorePart(ReadOnlySpan<float> rows, int count, Span<float> outputs)
    {
        var stride = rows.Length / count;
        var order = OrderOf(rows, count);
        var source = new StepRows(rows, stride, _width, _vectors);
        float[] before = [];
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            SequencePooling? pooling = layer == _layers.Length - 1 ? _pooling : null;
            var width = _layers[layer].Sum(units => units.Units);
            stride = pooling is null ? order.Longest * width : width;
            var rented = ArrayPool<float>.Shared.Rent(count * stride);
            Run(_layers[layer], source, order, new LayerStates(rented, stride, width, pooling));
            if (before.Length > 0)
                ArrayPool<float>.Shared.Return(before);
            before = rented;
            source = new StepRows(rented, stride, width);
        }

        _output.Apply(before.AsSpan(0, count * stride), count, outputs, noise: null);
        ArrayPool<float>.Shared.Return(before);
    }

    private SequenceOrder OrderOf(ReadOnlySpan<float> rows, int count)
    {
        var (order, stride) = (new SequenceOrder(), rows.Length / count);
        var lengths = order.Begin(count);
        for (var row = 0; row < count; row++)
            lengths[row] = _vectors is null ? stride / _width : SequenceOrder.LengthOf(rows.Slice(row * stride, stride));
        order.Sort();
        return order;
    }

    private static void Run(RecurrentUnits[] directions, StepRows source, SequenceOrder order, LayerStates states)
    {
        for (var i = 0; i < directions.Length; i++)
            Run(directions[i], isBack: i > 0, column: i * directions[0].Units, source, order, states);
        for (var place = 0; place < order.Count; place++)
            states.Finish(order.SequenceAt(place), order.LengthAt(place));
    }

    private static void Run(RecurrentUnits units, bool isBack, int column, StepRows source, SequenceOrder order, LayerStates states)
    {
        var memory = units.Take(order.Count);
        for (var step = 0; step < order.Longest; step++)
        {
            var rows = order.CountWith(step, first: 0, order.Count);
            for (var i = 0; i < rows; i++)
                source.At(order.SequenceAt(i), order.PositionOf(i, step, isBack)).CopyTo(memory.StepOf(i));
            units.Step(memory, rows);
            for (var i = 0; i < rows; i++)
                states.Take(order.SequenceAt(i), order.PositionOf(i, step, isBack), isFirst: step == 0, column, memory.States.RowSpan(i)[..units.Units]);
        }

        units.Return(memory);
    }
}
