using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a layer of recurrent units, in one direction or both: sequences (batch, steps * inputs) to their states, of all steps or pooled.</summary>
internal sealed class RecurrentPass : RowPass
{
    // Steps whose gates stay in memory until they come back.
    private const int MostSteps = 1 << 14;

    private readonly IReadOnlyList<RecurrentSteps> _directions;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;

    /// <param name="steps">Steps of a sequence.</param>
    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="outputs">Numbers of what a sequence becomes.</param>
    /// <param name="directions">Ahead, and back where there is such.</param>
    public RecurrentPass(int steps, int inputs, int outputs, IReadOnlyList<RecurrentSteps> directions)
        : base(steps * inputs, outputs)
    {
        (_directions, RowsAtOnce) = (directions, Math.Max(1, MostSteps / steps));
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    public override int RowsAtOnce { get; }

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        foreach (var direction in _directions)
            direction.Begin(input, output);
        _forward.RunAll(input.Rows, RangeOf(input.Rows));
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        for (var row = 0; inputGradient is { } before && row < before.Rows; row++)
            before.RowSpan(row).Clear();
        foreach (var direction in _directions)
            direction.BeginBackward(gradient, inputGradient);
        _backward.RunAll(gradient.Rows, RangeOf(gradient.Rows));
        foreach (var direction in _directions)
            direction.AddGradients();
    }

    // One part for each thread, of whole tiles: each reads all weights at every step. Parts change no bit.
    private static int RangeOf(int rows)
    {
        var tiles = (rows + MatrixTile.Rows - 1) / MatrixTile.Rows;
        return Math.Max(1, (tiles + ThreadTeam.Current.Size - 1) / ThreadTeam.Current.Size) * MatrixTile.Rows;
    }

    private void Forward(int first, int rows)
    {
        using var alone = ThreadTeam.UseAlone();
        foreach (var direction in _directions)
            direction.Forward(first, rows);
    }

    private void Backward(int first, int rows)
    {
        using var alone = ThreadTeam.UseAlone();
        foreach (var direction in _directions)
            direction.Backward(first, rows);
    }
}
