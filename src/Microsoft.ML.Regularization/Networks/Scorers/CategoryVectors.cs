using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The vectors that a network has for the values of its categories.</summary>
internal sealed class CategoryVectors
{
    private readonly (float[] Vectors, int Size)[] _tables;

    /// <param name="context">For errors.</param>
    /// <param name="tables">The tables among the network's weights, one for each key of a row.</param>
    /// <param name="weights">The network's weights.</param>
    public CategoryVectors(IExceptionContext context, IEnumerable<CategoryTable> tables, NetworkWeights weights) =>
        _tables = [.. tables.Select(table => (weights.Read(context, table.Name, table.Values + 1L, table.Size), table.Size))];

    /// <summary>Floats of a row's vectors.</summary>
    public int Width => _tables.Sum(table => table.Size);

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
