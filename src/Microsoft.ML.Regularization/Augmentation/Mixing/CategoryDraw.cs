using System.Buffers.Binary;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Draws which categories of a row come from its partner, each by itself with one probability.</summary>
/// <param name="candidates">The categories that may come from a partner, in ascending order.</param>
/// <param name="count">How many categories a row has.</param>
internal sealed class CategoryDraw(int[] candidates, int count)
{
    // Categories have numbers of their own, so that a row's features are mixed alike with or without them.
    private static readonly ulong Purpose = BinaryPrimitives.ReadUInt64LittleEndian("category"u8);

    private readonly int[] _drawn = new int[candidates.Length];
    private readonly bool[] _isPartners = new bool[count];

    public int Count => count;

    /// <summary>How many were drawn last.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether a category was drawn last.</summary>
    public bool IsPartners(int category) => _isPartners[category];

    /// <param name="random">The row's own numbers.</param>
    /// <param name="probability">That of each candidate, from 0 to 1.</param>
    public void Draw(KeyedStream random, double probability)
    {
        if (candidates.Length == 0)
            return;

        Array.Clear(_isPartners);
        Taken = BernoulliSubset.Draw(_drawn, candidates.Length, random.Branch(Purpose).NextKey(), probability);
        foreach (var candidate in _drawn.AsSpan(0, Taken))
            _isPartners[candidates[candidate]] = true;
    }
}
