using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows (batch, in) times <c>W^T</c>, and what the sums become.</summary>
/// <param name="inputs">Numbers of a row.</param>
/// <param name="weight">(out, in).</param>
/// <param name="units">What the sums become.</param>
internal sealed unsafe class DensePass(int inputs, ParameterMemory weight, DenseUnits units) : RowPass(inputs, units.Units)
{
    private Matrix _input;

    public override bool Learns => weight.Learns || units.Learns;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        _input = input;
        units.Begin(FirstRow, output.Rows, isTraining);
        var matrix = new Matrix(weight.Values, Outputs, Inputs);
        MatrixProduct.Compute(input, matrix.Transposed, Matrix.Zeros(output.Rows, Outputs), output, units);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        units.Reverse(gradient);
        if (weight.Learns)
        {
            var sum = new Matrix(weight.Gradients, Outputs, Inputs);
            MatrixProduct.Compute(gradient.Transposed, _input, sum, sum);
        }

        if (inputGradient is { } before)
            MatrixProduct.Compute(gradient, new Matrix(weight.Values, Outputs, Inputs), Matrix.Zeros(before.Rows, Inputs), before);
    }
}
