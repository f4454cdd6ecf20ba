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
    private readonly int[] _points;

    /// <param name="network">The network.</param>
    /// <param name="gradient">Its own.</param>
    /// <param name="fillsIn">Whether rows come with their gaps.</param>
    /// <param name="columns">What is explained.</param>
    /// <param name="background">Groups of rows, as the model reads them.</param>
    /// <param name="points">Where it is asked, of the points on the ways from all groups.</param>
    /// <param name="firstSlot">Where its values begin among those of all networks.</param>
    public ExplainedNetwork(
        TrainedNetwork network, NetworkGradient gradient, bool fillsIn, ExplainedColumns columns, IEnumerable<float[][]> background, int[] points, int firstSlot)
    {
        (_network, _gradient, _fillsIn, _points, FirstSlot) = (network, gradient, fillsIn, points, firstSlot);
        var filled = columns.OfFilled(network.Outcome.Imputation, network.Input);
        _columns = [.. gradient.Sources.Select(source => filled[source])];
        _starts = [.. background.Select(MeanOf)];
    }

    public GradientSequence Layers => _gradient.Layers;

    /// <summary>Points at which it is asked.</summary>
    public int Points => _points.Length;

    /// <summary>Where its values begin among those of all networks: one for each of its points, and one for the row itself.</summary>
    public int FirstSlot { get; }

    /// <summary>That of the row itself.</summary>
    public int LastSlot => FirstSlot + Points;

    /// <summary>Puts the starts of the ways from all groups on a tape.</summary>
    public void PutStarts(GradientTape tape)
    {
        for (var start = 0; start < _starts.Length; start++)
            _starts[start].CopyTo(tape.Input.RowSpan(start));
    }

    /// <summary>Puts its points on the ways to a row, and behind them the row, on a tape.</summary>
    /// <param name="row">The row, as the model reads it.</param>
    /// <param name="places">How far each of all points is.</param>
    /// <param name="tape">Has a row more than the network has points.</param>
    /// <returns>The state of the row.</returns>
    public float[] Put(ReadOnlySpan<float> row, ReadOnlySpan<double> places, GradientTape tape)
    {
        var end = Enter(row);
        for (var i = 0; i < _points.Length; i++)
        {
            var (start, place) = (StartOf(i), (float)places[_points[i]]);
            var state = tape.Input.RowSpan(i);
            for (var j = 0; j < end.Length; j++)
                state[j] = start[j] + place * (end[j] - start[j]);
        }

        end.CopyTo(tape.Input.RowSpan(_points.Length));
        return end;
    }

    /// <summary>Adds up what columns contribute at a point.</summary>
    /// <param name="point">Which of its points.</param>
    /// <param name="end">The state of the row.</param>
    /// <param name="gradient">By the state at the point.</param>
    /// <param name="contributions">Receives a value for each column.</param>
    public void Collect(int point, float[] end, ReadOnlySpan<float> gradient, Span<float> contributions)
    {
        var start = StartOf(point);
        contributions.Clear();
        for (var i = 0; i < end.Length; i++)
            contributions[_columns[i]] += (end[i] - start[i]) * gradient[i];
    }

    private float[] StartOf(int point) => _starts[_points[point] % _starts.Length];

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
