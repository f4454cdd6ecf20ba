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
    private readonly KeptWork _addChange;
    private readonly KeptWork _scaleGradient;
    private readonly KeptWork _addGradient;
    private float[] _factors = [];
    private bool _isSkipped;
    private Matrix _rows;
    private Matrix _change;
    private Matrix _sum;

    /// <param name="width">Numbers of a row.</param>
    /// <param name="branch">From as many numbers to as many.</param>
    /// <param name="gate">Null where the branch always survives.</param>
    public ResidualPass(int width, PassSequence branch, SurvivalGate? gate)
        : base(width, width)
    {
        (_branch, _gate) = (branch, gate);
        (_addChange, _scaleGradient, _addGradient) = (new KeptWork(RowsOfPart, AddChange), new KeptWork(RowsOfPart, ScaleGradient), new KeptWork(RowsOfPart, AddGradient));
    }

    public override bool JoinsRows => _branch.JoinsRows;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        DrawFactors(input.Rows, isTraining);
        if (_isSkipped)
        {
            input.CopyTo(output);
            return;
        }

        (_rows, _change, _sum) = (input, _branch.Forward(input, FirstRow, isTraining), output);
        _addChange.RunAll(input.Rows);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        var sum = inputGradient ?? throw new NotSupportedException($"{GetType().Name} stands behind a layer that learns.");
        if (_isSkipped)
        {
            gradient.CopyTo(sum);
            return;
        }

        (_rows, _change, _sum) = (gradient, _branch.OutputGradient(gradient.Rows), sum);
        _scaleGradient.RunAll(gradient.Rows);
        _branch.Backward(_change, sum);
        _addGradient.RunAll(gradient.Rows);
    }

    private void DrawFactors(int rows, bool isTraining)
    {
        var all = FirstRow + rows;
        if (_factors.Length < all)
            _factors = new float[all];
        var factors = _factors.AsSpan(0, all);
        if (_gate is null)
            factors.Fill(1);
        else
            _gate.Draw(factors, isTraining);
        _isSkipped = _gate is { IsOfBatch: true } && factors[0] == 0;
    }

    private void AddChange(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
            TensorPrimitives.MultiplyAdd(_change.RowSpan(row), _factors[FirstRow + row], _rows.RowSpan(row), _sum.RowSpan(row));
    }

    private void ScaleGradient(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
            TensorPrimitives.Multiply(_rows.RowSpan(row), _factors[FirstRow + row], _change.RowSpan(row));
    }

    private void AddGradient(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
            TensorPrimitives.Add(_sum.RowSpan(row), _rows.RowSpan(row), _sum.RowSpan(row));
    }
}
