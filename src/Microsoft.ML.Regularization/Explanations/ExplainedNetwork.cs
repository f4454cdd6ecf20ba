using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>One of the networks whose mean a model predicts, or the only one, with the mean states of groups of background rows.</summary>
internal sealed class ExplainedNetwork
{
    private readonly TrainedNetwork _network;
    private readonly NetworkGradient _gradient;
    private readonly bool _fillsIn;
    private readonly int[] _columns;
    private readonly float[][] _starts;

    /// <param name="network">The network.</param>
    /// <param name="gradient">Its own.</param>
    /// <param name="fillsIn">Whether rows come with their gaps.</param>
    /// <param name="columns">What is explained.</param>
    /// <param name="background">Groups of rows, as the model reads them.</param>
    public ExplainedNetwork(TrainedNetwork network, NetworkGradient gradient, bool fillsIn, ExplainedColumns columns, IEnumerable<float[][]> background)
    {
        (_network, _gradient, _fillsIn) = (network, gradient, fillsIn);
        var filled = columns.OfFilled(network.Outcome.Imputation, network.Input);
        _columns = [.. gradient.Sources.Select(source => filled[source])];
        _starts = [.. background.Select(MeanOf)];
    }

    public GradientSequence Layers => _gradient.Layers;

    /// <summary>Puts the starts of all ways on a tape.</summary>
    public void PutStarts(GradientTape tape)
    {
        for (var start = 0; start < _starts.Length; start++)
            _starts[start].CopyTo(tape.Input.RowSpan(start));
    }

    /// <summary>Puts points on the ways to a row, and behind them the row, on a tape.</summary>
    /// <param name="row">The row, as the model reads it.</param>
    /// <param name="places">How far each of the points is.</param>
    /// <param name="tape">Has a row more than there are points.</param>
    /// <returns>The state of the row.</returns>
    public float[] Put(ReadOnlySpan<float> row, ReadOnlySpan<double> places, GradientTape tape)
    {
        var end = Enter(row);
        for (var point = 0; point < places.Length; point++)
        {
            var (start, place) = (_starts[point % _starts.Length], (float)places[point]);
            var state = tape.Input.RowSpan(point);
            for (var i = 0; i < end.Length; i++)
                state[i] = start[i] + place * (end[i] - start[i]);
        }

        end.CopyTo(tape.Input.RowSpan(places.Length));
        return end;
    }

    /// <summary>Adds up what columns contribute at a point.</summary>
    /// <param name="point">Which.</param>
    /// <param name="end">The state of the row.</param>
    /// <param name="gradient">By the state at the point.</param>
    /// <param name="contributions">Receives a value for each column.</param>
    public void Collect(int point, float[] end, ReadOnlySpan<float> gradient, Span<float> contributions)
    {
        var start = _starts[point % _starts.Length];
        contributions.Clear();
        for (var i = 0; i < end.Length; i++)
            contributions[_columns[i]] += (end[i] - start[i]) * gradient[i];
    }

    private float[] Enter(ReadOnlySpan<float> row)
    {
        var filled = row;
        if (_fillsIn && _network.Outcome.Imputation is { } imputation)
        {
            var complete = new float[_network.FilledInput.Width];
            imputation.Apply(row, complete);
            filled = complete;
        }

        var state = new float[_gradient.Width];
        _gradient.Enter(filled, state);
        return state;
    }

    private float[] MeanOf(float[][] rows)
    {
        var sums = new double[_gradient.Width];
        foreach (var row in rows)
        {
            var state = Enter(row);
            for (var i = 0; i < sums.Length; i++)
                sums[i] += state[i];
        }

        return Array.ConvertAll(sums, sum => (float)(sum / rows.Length));
    }
}
