using Microsoft.ML.Regularization.Randomness;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>
/// Swap noise: each cell of a batch takes, with the same probability, the value that another row of the batch has there. So each column keeps its distribution,
/// while what belongs together is torn apart.
/// </summary>
/// <param name="cells">The cells.</param>
/// <param name="rate">The probability of each, above 0 and below 1.</param>
/// <param name="key">Of the draws.</param>
internal sealed class SwapNoise(RowCells cells, double rate, RandomKey key)
{
    /// <param name="rows">(batch, width), at least two rows to change anything.</param>
    /// <param name="step">Has draws of its own.</param>
    public Tensor Apply(Tensor rows, ulong step)
    {
        var batch = (int)rows.shape[0];
        return batch < 2 ? rows.clone() : rows.gather(0, tensor(Sources(batch, step), ScalarType.Int64, CPU).view(batch, cells.Width).to(rows.device));
    }

    /// <summary>For each float of a batch the row that it is taken of.</summary>
    /// <param name="batch">How many rows, at least two.</param>
    /// <param name="step">Has draws of its own.</param>
    public long[] Sources(int batch, ulong step)
    {
        var (width, count) = (cells.Width, cells.Count);
        var sources = new long[batch * width];
        for (var i = 0; i < sources.Length; i++)
            sources[i] = i / width;

        var random = new KeyedStream(key, step);
        var swapped = new int[batch * count];
        var drawn = BernoulliSubset.Draw(swapped, swapped.Length, random.NextKey(), rate);
        foreach (var place in swapped.AsSpan(0, drawn))
        {
            var (row, cell) = (place / count, place % count);

            // Any row but itself.
            var other = (row + 1 + random.NextInt64(batch - 1)) % batch;
            sources[row * width + cells.Places[cell]] = other;
            if (cells.IndicatorOf(cell) is >= 0 and var indicator)
                sources[row * width + indicator] = other;
        }

        return sources;
    }
}
