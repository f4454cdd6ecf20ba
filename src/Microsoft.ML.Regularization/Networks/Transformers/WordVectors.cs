using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Those of texts' tokens, from a table.</summary>
/// <param name="table">The vectors of all tokens (tokens, width).</param>
/// <param name="width">Numbers of a vector.</param>
internal sealed class WordVectors(float[] table, int width) : TokenVectors
{
    public override int CountIn(ReadOnlySpan<float> row) => row.Length - row.Count((float)TextInput.Padding);

    public override unsafe ReadOnlySpan<float> Embed(TokenStates memory, ReadOnlySpan<float> rows, int count)
    {
        var (tokens, places) = (memory.Tokens, rows.Length / count);
        fixed (float* first = rows)
            tokens.Take(firstSequence: 0, new Matrix(first, count, places));
        var vectors = memory.Wide(tokens.EmbeddedRows, width);
        for (var row = 0; row < tokens.EmbeddedRows; row++)
            table.AsSpan(tokens.TokenOf(row) * width, width).CopyTo(vectors[(row * width)..]);
        return vectors;
    }
}
