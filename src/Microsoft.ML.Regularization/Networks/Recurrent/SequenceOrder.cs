using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Sequences with the longest first, so that those which a step still moves are the first ones. What is kept of all steps stands in rows, those of a step together
/// and in this order: none is there for a step that a sequence has not.
/// </summary>
internal sealed class SequenceOrder
{
    private int[] _lengths = [];
    private int[] _sequences = [];

    // By steps: how many sequences have one, and the first of its rows.
    private int[] _counts = [];
    private int[] _starts = [];

    public int Count { get; private set; }

    public int Longest { get; private set; }

    /// <summary>Steps of all sequences.</summary>
    public int Total => _starts[Longest];

    /// <summary>Steps of a text: without the padding behind it, but one at least.</summary>
    public static int LengthOf(ReadOnlySpan<float> tokens) => Math.Max(1, tokens.Length - tokens.Count(TextInput.Padding));

    /// <summary>Takes other sequences.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Receives their lengths, each at least 1, before <see cref="Sort"/>.</returns>
    public Span<int> Begin(int count)
    {
        Count = count;
        if (_lengths.Length < count)
            (_lengths, _sequences) = (new int[count], new int[count]);
        return _lengths.AsSpan(0, count);
    }

    /// <summary>Puts them into their order; those of the same length stay in theirs.</summary>
    public void Sort()
    {
        var lengths = _lengths.AsSpan(0, Count);
        Longest = TensorPrimitives.Max<int>(lengths);
        if (_counts.Length <= Longest)
            (_counts, _starts) = (new int[Longest + 1], new int[Longest + 1]);
        _counts.AsSpan(0, Longest + 1).Clear();
        foreach (var length in lengths)
            _counts[length - 1]++;
        for (var step = Longest - 1; step > 0; step--)
            _counts[step - 1] += _counts[step];

        // Before those of a length are the longer ones.
        _counts.CopyTo(_starts, 0);
        for (var sequence = 0; sequence < Count; sequence++)
            _sequences[_starts[lengths[sequence]]++] = sequence;
        _starts[0] = 0;
        for (var step = 0; step < Longest; step++)
            _starts[step + 1] = _starts[step] + _counts[step];
    }

    /// <summary>Which sequence is at a place of the order.</summary>
    public int SequenceAt(int place) => _sequences[place];

    /// <summary>Steps of the sequence at a place.</summary>
    public int LengthAt(int place) => _lengths[_sequences[place]];

    /// <summary>How many of some neighbors in the order have a step, counted from 0: the first ones.</summary>
    /// <param name="step">The step.</param>
    /// <param name="first">The first neighbor's place.</param>
    /// <param name="count">How many neighbors there are.</param>
    public int CountWith(int step, int first, int count) => step >= Longest ? 0 : Math.Clamp(_counts[step] - first, 0, count);

    /// <summary>The row of a step that the sequence at a place has.</summary>
    public int RowOf(int place, int step) => _starts[step] + place;

    /// <summary>The row of what a step leads to: that of the next step, and behind the rows of all steps one for the end of each sequence.</summary>
    public int RowBehind(int place, int step) => step + 1 < LengthAt(place) ? RowOf(place, step + 1) : Total + place;

    /// <summary>Where in the sequence at a place a step is, read ahead or back.</summary>
    public int PositionOf(int place, int step, bool isBack) => isBack ? LengthAt(place) - 1 - step : step;
}
