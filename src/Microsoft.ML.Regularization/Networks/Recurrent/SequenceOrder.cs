using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Sequences with the longest first, so that those which a step still moves are the first ones.</summary>
internal sealed class SequenceOrder
{
    private readonly int[] _lengths;
    private readonly int[] _rows;

    private SequenceOrder(int[] lengths)
    {
        _lengths = lengths;
        _rows = [.. Enumerable.Range(0, lengths.Length).OrderByDescending(row => lengths[row])];
    }

    public int Count => _rows.Length;

    public int Longest => _lengths[_rows[0]];

    /// <summary>Sequences of the same length.</summary>
    public static SequenceOrder OfEqual(int count, int length)
    {
        var lengths = new int[count];
        Array.Fill(lengths, length);
        return new SequenceOrder(lengths);
    }

    /// <summary>Texts, each without the padding behind it, but of one token at least.</summary>
    /// <param name="tokens">(count, tokens).</param>
    /// <param name="count">How many texts.</param>
    public static SequenceOrder OfTexts(ReadOnlySpan<float> tokens, int count)
    {
        var (lengths, width) = (new int[count], tokens.Length / count);
        for (var row = 0; row < count; row++)
            lengths[row] = Math.Max(1, width - tokens.Slice(row * width, width).Count(TextInput.Padding));
        return new SequenceOrder(lengths);
    }

    /// <summary>Which sequence is at a place of the order.</summary>
    public int RowAt(int place) => _rows[place];

    /// <summary>Where a sequence has its step, read ahead or back.</summary>
    /// <param name="place">The sequence's place in the order.</param>
    /// <param name="step">The step.</param>
    /// <param name="isBack">Whether it is read back.</param>
    public int PlaceOf(int place, int step, bool isBack) => isBack ? _lengths[_rows[place]] - 1 - step : step;

    public int LengthOf(int row) => _lengths[row];

    /// <summary>How many sequences have a step, counted from 0.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rows">How many had the one before.</param>
    public int RowsWith(int step, int rows)
    {
        while (rows > 0 && _lengths[_rows[rows - 1]] <= step)
            rows--;
        return rows;
    }
}
