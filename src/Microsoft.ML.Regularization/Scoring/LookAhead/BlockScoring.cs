namespace Microsoft.ML.Regularization;

/// <summary>Scores a block of rows on all threads: each takes some of the rows through all layers, so that what is between layers stays in its cache.</summary>
internal sealed class BlockScoring(TrainedNetwork network) : TeamWork
{
    // Enough to pay for reading the weights once more, and few enough for what is between layers; whole tiles.
    private const int PartRows = 96;

    private readonly int _width = network.Input.Width;
    private readonly int _outputCount = network.Outputs;
    private float[] _rows = [];
    private float[] _outputs = [];
    private int _count;

    /// <param name="rows">(count, floats of a row).</param>
    /// <param name="count">How many rows.</param>
    /// <param name="outputs">Receives (count, outputs).</param>
    public void Score(float[] rows, int count, float[] outputs)
    {
        (_rows, _count, _outputs) = (rows, count, outputs);
        if (network.Scorer is TorchScorer)
            Score(0, count);
        else
            ThreadTeam.Shared.Run(this, (count + PartRows - 1) / PartRows);
    }

    public override void Run(int part) => Score(part * PartRows, Math.Min(PartRows, _count - part * PartRows));

    private void Score(int first, int count) =>
        network.Scorer.ScoreRows(_rows.AsSpan(first * _width, count * _width), count, _outputs.AsSpan(first * _outputCount, count * _outputCount));
}
