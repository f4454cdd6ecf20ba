using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The mean of each sequence's tokens.</summary>
/// <param name="width">Numbers of a token.</param>
/// <param name="isUnit">Whether the mean is divided by its length.</param>
/// <param name="tokens">The tokens.</param>
internal sealed class TokenPoolingPass(int width, bool isUnit, TokenRows tokens) : RowPass(width, width)
{
    /// <summary>What the square of a length is at least where something is divided by it.</summary>
    public const double LeastSquare = 1e-24;

    private float[] _lengths = [];
    private Matrix _output;

    public override bool Learns => false;

    public override int BeginForward(Matrix input) => tokens.Sequences;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        _output = output;
        if (_lengths.Length < output.Rows)
            _lengths = new float[output.Rows];
        for (var sequence = 0; sequence < output.Rows; sequence++)
        {
            var (start, length) = (tokens.StartOf(sequence), tokens.LengthOf(sequence));
            var pooled = output.RowSpan(sequence);
            input.RowSpan(start).CopyTo(pooled);
            for (var row = start + 1; row < start + length; row++)
                TensorPrimitives.Add(pooled, input.RowSpan(row), pooled);
            TensorPrimitives.Divide(pooled, length, pooled);
            if (!isUnit)
                continue;
            _lengths[sequence] = MathF.Sqrt(MathF.Max((float)LeastSquare, TensorPrimitives.SumOfSquares<float>(pooled)));
            TensorPrimitives.Divide(pooled, _lengths[sequence], pooled);
        }
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        if (inputGradient is not { } before)
            return;
        for (var sequence = 0; sequence < gradient.Rows; sequence++)
        {
            var (start, length) = (tokens.StartOf(sequence), tokens.LengthOf(sequence));
            var given = gradient.RowSpan(sequence);
            if (isUnit)
                ReverseUnit(given, _output.RowSpan(sequence), _lengths[sequence]);
            TensorPrimitives.Divide(given, length, given);
            for (var row = start; row < start + length; row++)
                given.CopyTo(before.RowSpan(row));
        }
    }

    // Along a vector of length 1 nothing changes.
    private static void ReverseUnit(Span<float> gradient, ReadOnlySpan<float> unit, float length)
    {
        TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot(unit, gradient), gradient, gradient);
        TensorPrimitives.Divide(gradient, length, gradient);
    }
}
