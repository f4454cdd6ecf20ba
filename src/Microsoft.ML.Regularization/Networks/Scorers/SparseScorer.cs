using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Scores sparse rows with a network that was trained on such: only numbers that are not 0 are scaled and multiplied.</summary>
internal sealed class SparseScorer : ISparseScorer
{
    private readonly InputLayout _input;
    private readonly SparseScaler? _scaler;
    private readonly CategoryVectors? _categories;
    private readonly ISparseNetwork _network;
    private readonly int _tail;

    // Threads take a list and give it back.
    private readonly ConcurrentBag<SparseRows> _rows = [];

    /// <param name="input">The layout of a row.</param>
    /// <param name="categories">The vectors of its keys; null where it has none.</param>
    /// <param name="scales">How numbers come to the network's scale; null for not at all.</param>
    /// <param name="network">Scores what its first layer makes of rows on the network's scale, with categories embedded.</param>
    public SparseScorer(InputLayout input, CategoryVectors? categories, InputScaler? scales, ISparseNetwork network)
    {
        _input = input;
        _scaler = scales is null ? null : new SparseScaler(scales);
        _categories = categories;
        _network = network;
        _tail = categories?.Width ?? 0;
    }

    public IReadOnlyList<ScoringLayer> Layers => _network.Layers;

    public int Blocks => _network.Blocks;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        var sparse = Take();
        var row = new List<SlotValue>();
        for (var width = rows.Length / count; rows.Length > 0; rows = rows[width..])
        {
            row.Clear();
            SparseTable.Collect(rows[..width], row);
            sparse.Add(CollectionsMarshal.AsSpan(row), _scaler);
        }

        Score(sparse, outputs, noise);
    }

    /// <param name="row">The numbers of a row that are not 0, by ascending slots.</param>
    /// <param name="outputs">Receives one value for each output.</param>
    public void Score(ReadOnlySpan<SlotValue> row, Span<float> outputs)
    {
        var sparse = Take();
        sparse.Add(row, _scaler);
        Score(sparse, outputs, noise: null);
    }

    /// <summary>Scores many rows at once.</summary>
    /// <param name="table">Rows.</param>
    /// <param name="first">The first one to score.</param>
    /// <param name="count">How many.</param>
    /// <param name="outputs">Receives (count, outputs).</param>
    public void Score(SparseTable table, int first, int count, Span<float> outputs)
    {
        var sparse = Take();
        for (var row = first; row < first + count; row++)
            sparse.Add(table[row], _scaler);
        Score(sparse, outputs, noise: null);
    }

    private void Score(SparseRows rows, Span<float> outputs, NetworkNoise? noise)
    {
        var size = rows.Count * _network.First.Outputs;
        var rented = ArrayPool<float>.Shared.Rent(size);
        var sums = rented.AsSpan(0, size);
        Sum(rows, sums);
        _network.ScoreSums(sums, rows.Count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
        _rows.Add(rows);
    }

    private SparseRows Take()
    {
        if (!_rows.TryTake(out var rows))
            return new SparseRows(_input);
        rows.Clear();
        return rows;
    }

    private void Sum(SparseRows rows, Span<float> sums)
    {
        var (units, keys) = (_network.First.Outputs, _categories is null ? 0 : rows.Keys.Length / rows.Count);
        var rented = ArrayPool<float>.Shared.Rent(_tail);
        var tail = rented.AsSpan(0, _tail);
        for (var row = 0; row < rows.Count; row++)
        {
            _categories?.Embed(rows.Keys.Slice(row * keys, keys), tail);
            var own = rows.Starts[row]..rows.Starts[row + 1];
            _network.First.Sum(rows.Slots[own], rows.Values[own], tail, sums.Slice(row * units, units));
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
