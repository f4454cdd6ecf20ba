using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>What would stand at a place if all values were sorted, found without sorting them (Hoare, "Algorithm 65: Find", 1961).</summary>
internal static class OrderStatistics
{
    private const int FewValues = 32;

    // Each round about halves what is left; after this many rounds without progress the rest is sorted.
    private const int MostRounds = 64;

    /// <summary>
    /// By linear interpolation between the values around the place <c>share * (n - 1)</c>. Values are moved, so that none before that place is larger, and none
    /// behind it smaller.
    /// </summary>
    /// <param name="values">At least one, all finite.</param>
    /// <param name="share">From 0, the smallest, to 1, the largest.</param>
    public static double Quantile(Span<float> values, double share)
    {
        var position = share * (values.Length - 1);
        var place = (int)position;
        var below = Select(values, place);
        var above = place + 1 < values.Length ? TensorPrimitives.Min(values[(place + 1)..]) : below;
        return below + (position - place) * ((double)above - below);
    }

    /// <summary>The value of a place, which it is moved to.</summary>
    /// <param name="values">All values.</param>
    /// <param name="place">From 0.</param>
    public static float Select(Span<float> values, int place)
    {
        for (var round = 0; values.Length > FewValues && round < MostRounds; round++)
        {
            var (smaller, larger) = Partition(values);
            if (place > smaller && place < larger)
                return values[place];

            var start = place >= larger ? larger : 0;
            values = place >= larger ? values[larger..] : values[..(smaller + 1)];
            place -= start;
        }

        values.Sort();
        return values[place];
    }

    /// <summary>
    /// Moves values so that none up to the first place is larger than any behind it, and none from the second place on smaller than any before it.
    /// </summary>
    private static (int Smaller, int Larger) Partition(Span<float> values)
    {
        var (first, middle, last) = (values[0], values[values.Length / 2], values[^1]);
        var pivot = Math.Max(Math.Min(first, last), Math.Min(Math.Max(first, last), middle));
        var (left, right) = (0, values.Length - 1);
        while (left <= right)
        {
            while (values[left] < pivot)
                left++;
            while (values[right] > pivot)
                right--;
            if (left <= right)
            {
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
        }

        return (right, left);
    }
}
