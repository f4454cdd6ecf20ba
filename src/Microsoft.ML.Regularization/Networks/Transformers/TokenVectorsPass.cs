using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Texts (batch, places) to the vectors of those tokens that are there (tokens, width).</summary>
/// <param name="places">Tokens of a text.</param>
/// <param name="width">Numbers of a vector.</param>
/// <param name="known">Tokens that have a vector.</param>
/// <param name="table">Their vectors.</param>
/// <param name="tokens">Gets the texts' tokens.</param>
internal sealed unsafe class TokenVectorsPass(int places, int width, int known, ParameterMemory table, TokenRows tokens) : InputPass(places, width)
{
    public override bool Learns => table.Learns;

    // By the tokens that are there.
    public override int RowsToTake(Matrix input, int most)
    {
        var (taken, sum) = (0, 0);
        for (; taken < most; taken++)
        {
            sum += Inputs - input.RowSpan(taken).Count((float)TextInput.Padding);
            if (taken > 0 && sum > RowsAtOnce)
                break;
        }

        return taken;
    }

    public override int BeginForward(Matrix input)
    {
        tokens.Take(FirstRow, input);
        return tokens.EmbeddedRows;
    }

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var id = tokens.TokenOf(row);
            if (id < 0 || id >= known)
                throw new InvalidOperationException($"A table of {known} tokens has none of number {id}.");
            VectorOf(table.Values, id).CopyTo(output.RowSpan(row));
        }
    }

    protected override void Backward(Matrix gradient)
    {
        for (var row = 0; row < gradient.Rows; row++)
        {
            var sum = VectorOf(table.Gradients, tokens.TokenOf(row));
            if (tokens.TokenOf(row) != TextInput.Padding)
                TensorPrimitives.Add(sum, gradient.RowSpan(row), sum);
        }
    }

    private Span<float> VectorOf(float* vectors, int id) => new(vectors + (nint)id * Outputs, Outputs);
}
