using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Passes one behind the other, and the memory of what they compute.</summary>
internal sealed class PassSequence
{
    private readonly IReadOnlyList<RowPass> _passes;
    private readonly int _firstThatLearns;
    private readonly int _rowsAtOnce;
    private readonly KeptRows[] _outputs;

    // Before each pass, in the forward pass that came last.
    private readonly int[] _rows;

    // A gradient is needed until the one before it is there, so two take turns.
    private readonly AlignedFloats?[] _gradients = new AlignedFloats?[2];

    /// <param name="passes">At least one.</param>
    public PassSequence(IReadOnlyList<RowPass> passes)
    {
        _passes = passes;
        (_outputs, _rows) = ([.. passes.Select(pass => new KeptRows(pass.Outputs))], new int[passes.Count]);
        _firstThatLearns = passes.TakeWhile(pass => !pass.Learns).Count();
        _rowsAtOnce = Math.Max(1, passes.Min(pass => pass.RowsAtOnce) / passes.Aggregate(1, (rows, pass) => rows * pass.RowsOfRow));
        (Mixes, JoinsRows) = (passes.Any(pass => pass is MixingPass), passes.Any(pass => pass.JoinsRows));
    }

    public int Outputs => _passes[^1].Outputs;

    /// <inheritdoc cref="RowPass.Learns"/>
    public bool Learns => _firstThatLearns < _passes.Count;

    /// <inheritdoc cref="RowPass.JoinsRows"/>
    public bool JoinsRows { get; }

    /// <summary>Whether rows are mixed on their way where the network says so.</summary>
    public bool Mixes { get; }

    /// <summary>As many rows of a batch should go forward, and while training back, before the next ones.</summary>
    /// <param name="rest">The rows that are left.</param>
    /// <param name="isTraining">Whether a backward pass is to come.</param>
    public int RowsOfChunk(Matrix rest, bool isTraining)
    {
        if (isTraining && JoinsRows)
            return rest.Rows;
        var most = Math.Min(rest.Rows, _rowsAtOnce);
        foreach (var pass in _passes)
            most = pass.RowsToTake(rest, most);
        return most;
    }

    /// <summary>The outputs of rows, which stand until the next call.</summary>
    /// <param name="input">(batch, inputs); it must stay as it is until the backward pass.</param>
    /// <param name="firstRow">Which of the batch's rows is the first of them.</param>
    /// <param name="isTraining">Whether there is noise, and a backward pass to come.</param>
    public Matrix Forward(Matrix input, int firstRow, bool isTraining)
    {
        for (var i = 0; i < _passes.Count; i++)
        {
            _rows[i] = input.Rows;
            _passes[i].FirstRow = firstRow *= _passes[i].RowsOfRow;
            var output = _outputs[i].Of(_passes[i].BeginForward(input));
            _passes[i].Forward(input, output, isTraining);
            input = output;
        }

        return input;
    }

    /// <summary>Memory for the gradient by the outputs.</summary>
    public Matrix OutputGradient(int rows) => KeptRows.In(ref _gradients[_passes.Count % 2], rows, Outputs);

    /// <summary>Adds to the gradients of all that is learned.</summary>
    /// <param name="gradient">See <see cref="OutputGradient"/>.</param>
    /// <param name="inputGradient">Receives the gradient by the inputs; null where nothing before learns.</param>
    public void Backward(Matrix gradient, Matrix? inputGradient = null)
    {
        var first = inputGradient is null ? _firstThatLearns : 0;
        for (var i = _passes.Count - 1; i >= first; i--)
        {
            var before = i > first ? KeptRows.In(ref _gradients[i % 2], _rows[i], _passes[i].Inputs) : inputGradient;
            _passes[i].Backward(gradient, before);
            gradient = before.GetValueOrDefault();
        }
    }
}
