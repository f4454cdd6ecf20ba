using System.Buffers.Binary;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Numbers that one of two mixed rows lacks: the mixture lacks them too, with the probability of the share of the row that does, and else has the other row's
/// number. What both lack stays missing. Numbers that are not finite count as missing.
/// </summary>
internal sealed class GapMixing
{
    // Gaps have numbers of their own, so that complete rows are mixed alike whatever others lack.
    private static readonly ulong Purpose = BinaryPrimitives.ReadUInt64LittleEndian("the gaps"u8);

    private readonly List<(int Slot, float Value)> _gaps = [];

    /// <summary>Decides on the gaps of two rows of one length.</summary>
    /// <param name="own">The row.</param>
    /// <param name="partner">Its partner.</param>
    /// <param name="lambda">The row's share.</param>
    /// <param name="random">The row's own numbers; the same ones give the same gaps.</param>
    public void Draw(in VBuffer<float> own, in VBuffer<float> partner, double lambda, KeyedStream random)
    {
        _gaps.Clear();
        if (VectorMixing.IsFinite(own.GetValues()) && VectorMixing.IsFinite(partner.GetValues()))
            return;

        var key = random.Branch(Purpose).NextKey();
        Add(own, partner, lambda, key);
        Add(partner, own, 1 - lambda, key);
    }

    /// <summary>Writes the decided values into the mixture, whose numbers at these places are invalid.</summary>
    public void Write(ref VBuffer<float> mixture)
    {
        if (_gaps.Count == 0)
            return;

        // A sparse row stores its missing numbers, and so does a mixture with them.
        var indices = mixture.GetIndices();
        var isDense = mixture.IsDense;
        var values = VBufferEditor.CreateFromBuffer(ref mixture).Values;
        foreach (var (slot, value) in _gaps)
            values[isDense ? slot : indices.BinarySearch(slot)] = value;
    }

    private void Add(in VBuffer<float> lacking, in VBuffer<float> other, double share, RandomKey key)
    {
        var values = lacking.GetValues();
        var indices = lacking.GetIndices();
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]))
                continue;

            var slot = lacking.IsDense ? i : indices[i];
            var theirs = other.GetItemOrDefault(slot);
            var isMissing = !float.IsFinite(theirs) || new KeyedStream(key, (ulong)slot).NextDouble() < share;
            _gaps.Add((slot, isMissing ? float.NaN : theirs));
        }
    }
}
