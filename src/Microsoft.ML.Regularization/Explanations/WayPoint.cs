using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>A place on the way from a group of background rows to the row, and the networks that are asked there.</summary>
/// <param name="Score">The score by these networks alone.</param>
/// <param name="Slots">Where theirs stand among the values of all networks.</param>
/// <param name="Weight">How much they count; 1 in the mean over the points.</param>
internal sealed record WayPoint(ExplainedScore Score, int[] Slots, float Weight)
{
    /// <summary>All points at which networks are asked, one step of all groups after another. Between networks that count much may stand a group that has none.</summary>
    /// <param name="model">The networks.</param>
    /// <param name="shares">How much each counts; they sum to 1.</param>
    /// <param name="dealt">The groups of each.</param>
    /// <param name="firstSlots">Where the values of each begin: those of its groups, step by step.</param>
    /// <param name="groups">How many there are.</param>
    /// <param name="steps">On the way from each.</param>
    public static IEnumerable<WayPoint> Of(TrainedNetwork model, IReadOnlyList<double> shares, int[][] dealt, int[] firstSlots, int groups, int steps)
    {
        var askedAt = dealt.SelectMany((own, network) => own.Select((group, place) => (Group: group, Network: network, Place: place))).ToLookup(one => one.Group);
        foreach (var step in Enumerable.Range(0, steps))
        {
            foreach (var asked in Enumerable.Range(0, groups).Where(askedAt.Contains).Select(group => askedAt[group].ToArray()))
            {
                // In the mean over the points, of which it has a few, a network counts its share.
                var weights = Array.ConvertAll(asked, one => shares[one.Network] * groups / dealt[one.Network].Length);
                var weight = weights.Sum();
                yield return new WayPoint(
                    ExplainedScore.Of(model, Array.ConvertAll(asked, one => one.Network), Array.ConvertAll(weights, own => own / weight)),
                    Array.ConvertAll(asked, one => firstSlots[one.Network] + step * dealt[one.Network].Length + one.Place),
                    (float)weight);
            }
        }
    }

    /// <param name="outputs">Of all networks (slots, outputs).</param>
    /// <param name="explained">Which of the scores.</param>
    /// <param name="gradients">Receives the derivatives by those of these networks.</param>
    public void Differentiate(ReadOnlySpan<float> outputs, int explained, Span<float> gradients)
    {
        var width = Score.Width;
        var (own, gradient) = (Read(outputs, Slots, width), new float[Slots.Length * width]);
        Score.Differentiate(own, explained, gradient);
        TensorPrimitives.Multiply(gradient, Weight, gradient);
        for (var i = 0; i < Slots.Length; i++)
            gradient.AsSpan(i * width, width).CopyTo(gradients.Slice(Slots[i] * width, width));
    }

    /// <summary>The values of some slots, one after another.</summary>
    public static float[] Read(ReadOnlySpan<float> values, int[] slots, int width)
    {
        var read = new float[slots.Length * width];
        for (var i = 0; i < slots.Length; i++)
            values.Slice(slots[i] * width, width).CopyTo(read.AsSpan(i * width));
        return read;
    }
}
