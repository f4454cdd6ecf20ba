using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Draws some of the features of a row, each with the same probability.</summary>
/// <param name="candidates">The units that may be drawn, in ascending order.</param>
/// <param name="rate">The probability of each.</param>
internal sealed class UnitDraw(int[] candidates, double rate)
{
    private readonly int[] _drawn = new int[candidates.Length];
    private int _count;

    /// <summary>The units that were drawn last, in ascending order.</summary>
    public ReadOnlySpan<int> Units => _drawn.AsSpan(0, _count);

    public void Draw(ref KeyedStream random)
    {
        _count = BernoulliSubset.Draw(_drawn, candidates.Length, random.NextKey(), rate);
        for (var i = 0; i < _count; i++)
            _drawn[i] = candidates[_drawn[i]];
    }
}
