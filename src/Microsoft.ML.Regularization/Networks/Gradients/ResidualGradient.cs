using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><c>x + factor f(x)</c>; what is inside f is computed again on the way back.</summary>
/// <param name="branch">f, as wide behind as before.</param>
/// <param name="factor">That of scoring.</param>
internal sealed class ResidualGradient(GradientSequence branch, float factor) : LayerGradient(branch.Inputs, branch.Inputs)
{
    public override void Forward(Matrix input, Matrix output)
    {
        var tape = Compute(input);
        for (var row = 0; row < input.Rows; row++)
            TensorPrimitives.MultiplyAdd(tape.Outputs.RowSpan(row), factor, input.RowSpan(row), output.RowSpan(row));
        branch.Return(tape);
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        var tape = Compute(input);
        for (var row = 0; row < input.Rows; row++)
            TensorPrimitives.Multiply(gradient.RowSpan(row), factor, tape.OutputGradient.RowSpan(row));
        branch.Backward(tape);
        for (var row = 0; row < input.Rows; row++)
            TensorPrimitives.Add(gradient.RowSpan(row), tape.InputGradient.RowSpan(row), inputGradient.RowSpan(row));
        branch.Return(tape);
    }

    private GradientTape Compute(Matrix input)
    {
        var tape = branch.Rent(input.Rows);
        input.CopyTo(tape.Input);
        branch.Forward(tape);
        return tape;
    }
}
