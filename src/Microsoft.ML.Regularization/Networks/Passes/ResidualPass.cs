using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows plus what a branch makes of them, where the branch survives: see <see cref="SurvivalGate"/>.</summary>
internal sealed class ResidualPass : RowPass
{
    private const int RowsOfPart = 64;

    private readonly PassSequence _branch;
    private readonly SurvivalGate? _gate;
    private readonly TokenRows? _tokens;
    private readonly TokenRows? _kept;
    private readonly KeptWork _addChange;
    private readonly KeptWork _scaleGradient;
    private readonly KeptWork _addGradient;
    private float[] _drawn = [];
    private float[] _factors = [];
    private bool _isSkipped;
    private Matrix _rows;
    private Matrix _change;
    private Matrix _sum;

    /// <param name="width">Numbers of a row.</param>
    /// <param name="branch">From as many numbers to as many.</param>
    /// <param name="gate">Null where the branch always survives.</param>
    /// <param name="tokens">Which tokens the rows are, of sequences that skip the branch as a whole; null where they are rows of the batch.</param>
    /// <param name="kept">Receives which tokens are left behind it, the first of each sequence; null where all are.</param>
    public ResidualPass(int width, PassSequence branch, SurvivalGate? gate, TokenRows? tokens = null, TokenRows? kept = null)
        : base(width, width)
    {
        (_branch, _gate, _tokens, _kept) = (branch, gate, tokens, kept);
        (_addChange, _scaleGradient, _addGradient) = (new KeptWork(RowsOfPart, AddChange), new KeptWork(RowsOfPart, ScaleGradient), new KeptWork(RowsOfPart, AddGradient));
    }

    public override bool JoinsRows => _branch.JoinsRows;

    public override bool Learns => _branch.Learns;

    public override int BeginForward(Matrix input)
    {
        _kept?.TakeFirst(_tokens!);
        return _kept?.Rows ?? input.Rows;
    }

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        DrawFactors(output.Rows, isTraining);
        (_rows, _sum) = (input, output);
        if (!_isSkipped)
            _change = _branch.Forward(input, FirstRow, isTraining);
        _addChange.RunAll(output.Rows);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        _rows = gradient;
        if (!_isSkipped)
        {
            _change = _branch.OutputGradient(gradient.Rows);
            _scaleGradient.RunAll(gradient.Rows);
            _branch.Backward(_change, inputGradient);
        }

        if (inputGradient is not { } sum)
            return;
        if (_isSkipped)
            Clear(sum);
        _sum = sum;
        _addGradient.RunAll(gradient.Rows);
    }

    // The first rows' do not depend on how many there are.
    private void DrawFactors(int rows, bool isTraining)
    {
        var (first, drawn) = _tokens is null ? (FirstRow, rows) : (_tokens.FirstSequence, _tokens.Sequences);
        var all = SpanOf(ref _drawn, first + drawn);
        if (_gate is null)
            all.Fill(1);
        else
            _gate.Draw(all, isTraining);
        _isSkipped = _gate is { IsOfBatch: true } && all[0] == 0;
        var own = SpanOf(ref _factors, rows);
        if (_tokens is null)
        {
            all[first..].CopyTo(own);
            return;
        }

        var behind = _kept ?? _tokens;
        for (var sequence = 0; sequence < drawn; sequence++)
            own.Slice(behind.StartOf(sequence), behind.LengthOf(sequence)).Fill(all[first + sequence]);
    }

    private static void Clear(Matrix rows)
    {
        for (var row = 0; row < rows.Rows; row++)
            rows.RowSpan(row).Clear();
    }

    private static Span<float> SpanOf(ref float[] memory, int length)
    {
        if (memory.Length < length)
            memory = new float[length];
        return memory.AsSpan(0, length);
    }

    // The row before the pass that a row behind it stands for.
    private int RowBefore(int row) => _kept is null ? row : _tokens!.StartOf(row);

    private void AddChange(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var own = _rows.RowSpan(RowBefore(row));
            if (_isSkipped)
                own.CopyTo(_sum.RowSpan(row));
            else
                TensorPrimitives.MultiplyAdd(_change.RowSpan(row), _factors[row], own, _sum.RowSpan(row));
        }
    }

    private void ScaleGradient(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
            TensorPrimitives.Multiply(_rows.RowSpan(row), _factors[row], _change.RowSpan(row));
    }

    private void AddGradient(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var sum = _sum.RowSpan(RowBefore(row));
            TensorPrimitives.Add(sum, _rows.RowSpan(row), sum);
        }
    }
}
