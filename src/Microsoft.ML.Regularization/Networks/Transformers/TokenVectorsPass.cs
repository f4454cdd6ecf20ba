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
    private int[] _ids = [];

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
        if (_ids.Length < output.Rows)
            _ids = new int[output.Rows];
        var (row, before) = (0, tokens.HasClassToken ? 1 : 0);
        for (var text = 0; text < input.Rows; text++)
        {
            for (var token = before; token < tokens.LengthOf(text); token++, row++)
            {
                var id = (int)*input.At(text, tokens.PlaceOf(tokens.StartOf(text) + token) - before);
                _ids[row] = id >= 0 && id < known ? id : throw new InvalidOperationException($"A table of {known} tokens has none of number {id}.");
                VectorOf(table.Values, _ids[row]).CopyTo(output.RowSpan(row));
            }
        }
    }

    protected override void Backward(Matrix gradient)
    {
        for (var row = 0; row < gradient.Rows; row++)
        {
            var sum = VectorOf(table.Gradients, _ids[row]);
            if (_ids[row] != TextInput.Padding)
                TensorPrimitives.Add(sum, gradient.RowSpan(row), sum);
        }
    }

    private Span<float> VectorOf(float* vectors, int id) => new(vectors + (nint)id * Outputs, Outputs);
}
