using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Places between which a number's distribution is taken as even: values that many rows share, each by itself, and quantiles of all others. Plain quantiles
/// would spend nearly all places on one value where most rows have it.
/// </summary>
internal static class QuantileKnots
{
    /// <param name="sorted">At least one value, all finite, in ascending order.</param>
    /// <param name="most">How many places there may be, at least 2.</param>
    /// <returns>Different values in ascending order, from the least to the largest: all there are where they are few enough.</returns>
    public static float[] Of(ReadOnlySpan<float> sorted, int most)
    {
        var distinct = CountDistinct(sorted, most);
        var knots = new List<float>(most);
        var rest = new List<float>();
        var least = distinct <= most ? 1 : (double)sorted.Length / (most - 1);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            if (end - start >= least)
                knots.Add(sorted[start]);
            else
                rest.AddRange(sorted[start..end]);
            start = end;
        }

        if (rest.Count > 0)
        {
            var others = CollectionsMarshal.AsSpan(rest);
            var places = Math.Max(2, most - knots.Count);
            for (var place = 0; place < places; place++)
                knots.Add(At(others, (double)place / (places - 1)));
            knots.Sort();
        }

        return [.. knots.Distinct()];
    }

    private static int CountDistinct(ReadOnlySpan<float> sorted, int most)
    {
        var count = 1;
        for (var i = 1; i < sorted.Length && count <= most; i++)
            count += sorted[i] == sorted[i - 1] ? 0 : 1;
        return count;
    }

    private static float At(ReadOnlySpan<float> sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var place = (int)position;
        var above = sorted[Math.Min(place + 1, sorted.Length - 1)];
        return (float)(sorted[place] + (position - place) * ((double)above - sorted[place]));
    }
}
