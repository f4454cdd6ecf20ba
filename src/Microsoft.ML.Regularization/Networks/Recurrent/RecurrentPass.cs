using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of recurrent layers: sequences (batch, numbers of all steps, or tokens) to the pooled states of the last layer.</summary>
internal sealed class RecurrentPass : InputPass
{
    private readonly SequenceOrder _order;
    private readonly StepSource _source;
    private readonly IReadOnlyList<LayerSteps> _layers;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;

    // Behind the last place of each part.
    private readonly List<int> _ends = [];

    /// <param name="order">That of the sequences, which all others read.</param>
    /// <param name="source">Of the steps.</param>
    /// <param name="layers">One or more.</param>
    /// <param name="outputs">Numbers of what a sequence becomes.</param>
    public RecurrentPass(SequenceOrder order, StepSource source, IReadOnlyList<LayerSteps> layers, int outputs)
        : base(source.Inputs, outputs)
    {
        (_order, _source, _layers) = (order, source, layers);
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    public override int RowsAtOnce => _source.SequencesAtOnce;

    public override bool JoinsRows => _source.JoinsRows;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        _source.Begin(input, isTraining);
        var steps = _source.Steps;
        for (var layer = 0; layer < _layers.Count; layer++)
            steps = _layers[layer].Begin(steps, layer == _layers.Count - 1 ? output : null, FirstRow, isTraining);
        Share();
        _forward.RunAll(_ends.Count);
    }

    protected override void Backward(Matrix gradient)
    {
        for (var layer = _layers.Count - 1; layer >= 0; layer--)
            gradient = _layers[layer].BeginBackward(gradient, layer > 0 || _source.Learns).GetValueOrDefault();
        _backward.RunAll(_ends.Count);
        foreach (var layer in _layers)
            layer.AddGradients();
        if (_source.Learns)
            _source.AddGradients(gradient);
    }

    // One part for each thread, of whole tiles and about as many steps: each reads all weights at every step. Parts change no bit.
    private void Share()
    {
        _ends.Clear();
        var (parts, steps) = (ThreadTeam.Current.Size, 0L);
        for (var place = 0; place < _order.Count; place++)
        {
            steps += _order.LengthAt(place);
            var isWhole = (place + 1) % MatrixTile.Rows == 0 || place == _order.Count - 1;
            if (isWhole && steps * parts >= (long)_order.Total * (_ends.Count + 1))
                _ends.Add(place + 1);
        }
    }

    private void Forward(int part, int _)
    {
        using var alone = ThreadTeam.UseAlone();
        var (first, count) = PlacesOf(part);
        _source.Write(first, count);
        foreach (var layer in _layers)
            layer.Forward(first, count);
    }

    private void Backward(int part, int _)
    {
        using var alone = ThreadTeam.UseAlone();
        var (first, count) = PlacesOf(part);
        for (var layer = _layers.Count - 1; layer >= 0; layer--)
            _layers[layer].Backward(first, count);
    }

    private (int First, int Count) PlacesOf(int part)
    {
        var first = part == 0 ? 0 : _ends[part - 1];
        return (first, _ends[part] - first);
    }
}
