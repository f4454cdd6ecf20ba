using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The first numbers of a row become vectors; what stands behind them stays.</summary>
internal sealed class EmbeddingGradient(NumberVectors embedding, int inputs) : LayerGradient(inputs, inputs - embedding.Numbers + embedding.Width)
{
    public override void Forward(Matrix input, Matrix output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var source = input.RowSpan(row);
            var result = output.RowSpan(row);
            embedding.Embed(source[..embedding.Numbers], result[..embedding.Width]);
            source[embedding.Numbers..].CopyTo(result[embedding.Width..]);
        }
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var given = gradient.RowSpan(row);
            var result = inputGradient.RowSpan(row);
            embedding.Differentiate(input.RowSpan(row)[..embedding.Numbers], given[..embedding.Width], result[..embedding.Numbers]);
            given[embedding.Width..].CopyTo(result[embedding.Numbers..]);
        }
    }
}
