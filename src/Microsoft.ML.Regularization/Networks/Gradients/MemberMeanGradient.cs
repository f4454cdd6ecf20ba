using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The outputs of members become those of their mean prediction.</summary>
/// <param name="outputs">Of a member.</param>
/// <param name="members">How many.</param>
/// <param name="areLogits">Whether probabilities are averaged, else values are.</param>
internal sealed class MemberMeanGradient(int outputs, int members, bool areLogits) : LayerGradient(outputs, outputs)
{
    private readonly double[] _shares = [.. Enumerable.Repeat(1.0 / members, members)];

    public override int RowsBehind(int rows) => rows / members;

    public override void Forward(Matrix input, Matrix output)
    {
        var own = new float[members * Outputs];
        for (var row = 0; row < output.Rows; row++)
        {
            Read(input, row, own);
            MeanPrediction.Of(own, members, areLogits, output.RowSpan(row));
        }
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        var (own, given) = (new float[members * Outputs], new float[members * Outputs]);
        for (var row = 0; row < gradient.Rows; row++)
        {
            Read(input, row, own);
            MeanGradient.Of(own, _shares, areLogits, gradient.RowSpan(row), given);
            for (var member = 0; member < members; member++)
                given.AsSpan(member * Outputs, Outputs).CopyTo(inputGradient.RowSpan(row * members + member));
        }
    }

    private void Read(Matrix input, int row, Span<float> own)
    {
        for (var member = 0; member < members; member++)
            input.RowSpan(row * members + member).CopyTo(own[(member * Outputs)..]);
    }
}
