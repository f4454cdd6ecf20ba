using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>An activation, and the noise behind it, that stand behind no product but, say, behind a normalization.</summary>
internal sealed class UnitsPass : RowPass
{
    private const int RowsOfPart = 32;

    private readonly DenseUnits _units;
    private readonly KeptWork _forward;
    private Matrix _input;
    private Matrix _output;

    /// <param name="units">What numbers become, without anything that is learned.</param>
    public UnitsPass(DenseUnits units)
        : base(units.Units, units.Units) => (_units, _forward) = (units, new KeptWork(RowsOfPart, Forward));

    public override bool Learns => false;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _units.Begin(FirstRow, input.Rows, isTraining);
        _forward.RunAll(input.Rows);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        if (inputGradient is not { } before)
            return;
        _units.Reverse(gradient);
        gradient.CopyTo(before);
    }

    private void Forward(int firstRow, int rows)
    {
        var output = _output.Block(firstRow, 0, rows, Outputs);
        _input.Block(firstRow, 0, rows, Inputs).CopyTo(output);
        _units.Apply(output, firstRow, column: 0);
    }
}
