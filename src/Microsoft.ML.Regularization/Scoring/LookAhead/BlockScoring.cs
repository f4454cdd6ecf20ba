using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// Scores a block of rows on all threads: each takes some of the rows through all layers, so that the values between layers stay in its cache.
/// </summary>
internal sealed class BlockScoring(TrainedNetwork network) : TeamWork
{
    // Enough to pay for reading the weights once more, and few enough for what is between layers; whole tiles.
    private const int PartRows = 96;

    private readonly int _width = network.FilledInput.Width;
    private readonly int _outputCount = network.Outputs;
    private float[] _rows = [];
    private SparseTable? _table;
    private float[] _outputs = [];
    private int _count;

    /// <param name="rows">(count, floats of a row).</param>
    /// <param name="count">How many rows.</param>
    /// <param name="outputs">Receives (count, outputs).</param>
    public void Score(float[] rows, int count, float[] outputs)
    {
        (_rows, _table, _count, _outputs) = (rows, null, count, outputs);
        Score();
    }

    /// <param name="rows">The rows.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="outputs">Receives (count, outputs).</param>
    public void Score(SparseTable rows, int count, float[] outputs)
    {
        (_table, _count, _outputs) = (rows, count, outputs);
        Score();
    }

    public override void Run(int part) => Score(part * PartRows, Math.Min(PartRows, _count - part * PartRows));

    private void Score() => ThreadTeam.Current.Run(this, (_count + PartRows - 1) / PartRows);

    private void Score(int first, int count)
    {
        var outputs = _outputs.AsSpan(first * _outputCount, count * _outputCount);
        if (_table is not null)
            ((ISparseScorer)network.Scorer).Score(_table, first, count, outputs);
        else
            network.Scorer.Score(_rows.AsSpan(first * _width, count * _width), count, outputs);
    }
}
