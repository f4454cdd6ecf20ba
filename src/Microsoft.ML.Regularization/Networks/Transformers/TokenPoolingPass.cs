using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The tokens of each sequence to one vector.</summary>
/// <param name="width">Numbers of a token.</param>
/// <param name="pooling">How.</param>
/// <param name="tokens">The tokens.</param>
internal sealed class TokenPoolingPass(int width, TokenPooling pooling, TokenRows tokens) : RowPass(width, width)
{
    private float[] _lengths = [];
    private Matrix _output;

    public override bool Learns => false;

    private bool TakesFirst => pooling is TokenPooling.ClassToken or TokenPooling.FirstToken;

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
            if (TakesFirst)
                continue;
            for (var row = start + 1; row < start + length; row++)
                TensorPrimitives.Add(pooled, input.RowSpan(row), pooled);
            TensorPrimitives.Divide(pooled, length, pooled);
            if (pooling != TokenPooling.UnitMean)
                continue;
            _lengths[sequence] = MathF.Sqrt(MathF.Max((float)TransformerNetwork.LeastSquare, TensorPrimitives.SumOfSquares<float>(pooled)));
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
            if (!TakesFirst)
                ReverseMean(given, sequence, length);
            for (var row = start; row < start + length; row++)
            {
                if (TakesFirst && row > start)
                    before.RowSpan(row).Clear();
                else
                    given.CopyTo(before.RowSpan(row));
            }
        }
    }

    // Along a vector of length 1 nothing changes.
    private void ReverseMean(Span<float> gradient, int sequence, int length)
    {
        if (pooling == TokenPooling.UnitMean)
        {
            var unit = _output.RowSpan(sequence);
            TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot<float>(unit, gradient), gradient, gradient);
            TensorPrimitives.Divide(gradient, _lengths[sequence], gradient);
        }

        TensorPrimitives.Divide(gradient, length, gradient);
    }
}
