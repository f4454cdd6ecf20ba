using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Brings the numbers of rows to their scale by the functions of a <see cref="QuantileTable"/>; what follows the numbers stays.</summary>
internal sealed unsafe class QuantilePass : InputPass
{
    private const int RowsOfPart = 16;

    private readonly QuantileTable _table;
    private readonly int _numbers;
    private readonly KeptWork _work;
    private Matrix _input;
    private Matrix _output;

    /// <param name="width">Numbers of a row, and what follows them.</param>
    /// <param name="table">The functions of the numbers.</param>
    public QuantilePass(int width, QuantileTable table)
        : base(width, width)
    {
        (_table, _numbers) = (table, table.Values.Length / table.Knots);
        _work = new KeptWork(RowsOfPart, Scale);
    }

    public override bool Learns => false;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _work.RunAll(input.Rows);
    }

    protected override void Backward(Matrix gradient)
    {
        // Nothing is learned.
    }

    private void Scale(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var source = new ReadOnlySpan<float>(_input.At(row, 0), Inputs);
            var result = new Span<float>(_output.At(row, 0), Inputs);
            _table.Apply(source[.._numbers], result);
            source[_numbers..].CopyTo(result[_numbers..]);
        }
    }
}
