using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The vectors that a network learned for the values of its categories.</summary>
internal sealed class CategoryVectors
{
    private readonly (float[] Vectors, int Size)[] _tables;

    /// <param name="context">For errors.</param>
    /// <param name="input">The layout of a row.</param>
    /// <param name="weights">The network's weights.</param>
    public CategoryVectors(IExceptionContext context, InputLayout input, NetworkWeights weights)
    {
        _tables = [.. input.KeyValues.Select((values, i) => (Read(values, i), EmbeddingSize.Of(values)))];

        float[] Read(int values, int i) => weights.Read(context, $"categories.{i}.weight", values + 1, EmbeddingSize.Of(values));
    }

    /// <param name="keys">The keys of a row.</param>
    /// <param name="vectors">Receives their vectors, one behind the other.</param>
    public void Embed(ReadOnlySpan<float> keys, Span<float> vectors)
    {
        for (var i = 0; i < _tables.Length; i++)
        {
            var (table, size) = _tables[i];
            table.AsSpan((int)keys[i] * size, size).CopyTo(vectors);
            vectors = vectors[size..];
        }
    }
}
