using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>The network's inputs of rows that are read ahead, side by side, and its outputs, computed for all of them at once.</summary>
internal sealed class BufferedOutputs(IExceptionContext context, TrainedNetwork network, InputColumns columns, DataViewRow source) : RowBuffer
{
    private readonly RowInput _input = new(context, network, columns, source);
    private readonly BlockScoring _scoring = new(network);
    private readonly int _width = network.FilledInput.Width;
    private readonly SparseTable? _sparse = network.Scorer is ISparseScorer ? new SparseTable() : null;
    private long _firstPosition;
    private float[] _rows = [];
    private float[] _outputs = [];

    /// <summary>The raw outputs of <see cref="RowBuffer.Row"/>.</summary>
    public ReadOnlySpan<float> Current
    {
        get
        {
            ThrowIfUnread();
            var outputs = _outputs.AsSpan(Row * network.Outputs, network.Outputs);
            _input.CheckOutputs(outputs, _firstPosition + Row);
            return outputs;
        }
    }

    // Earlier rows are not needed any more.
    public override void Reserve(int rows) =>
        (_rows, _outputs) = (_sparse is null ? new float[rows * _width] : [], new float[rows * network.Outputs]);

    /// <summary>Scores the rows that were read.</summary>
    /// <param name="count">How many rows there are.</param>
    public void Score(int count)
    {
        count = ErrorRow ?? count;
        if (count > 0 && _sparse is not null)
            _scoring.Score(_sparse, count, _outputs);
        else if (count > 0)
            _scoring.Score(_rows, count, _outputs);
    }

    protected override void Read(int row)
    {
        if (row == 0)
        {
            _firstPosition = source.Position;
            _sparse?.Clear();
        }

        if (_sparse is null)
            _input.Read(_rows.AsSpan(row * _width, _width));
        else
            _sparse.Add(_input.ReadSparse());
    }
}
