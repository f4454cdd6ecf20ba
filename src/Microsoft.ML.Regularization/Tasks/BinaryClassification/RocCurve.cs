namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The receiver operating characteristic of scores.</summary>
internal static class RocCurve
{
    /// <summary>
    /// The area under the curve: the weighted share of pairs, one row positive and one not, in which the positive row scores higher, ties counted as
    /// half (Mann and Whitney, 1947). Null where one side has no rows: there is no pair.
    /// </summary>
    public static double? Area(ReadOnlySpan<float> scores, Func<int, bool> isPositive, Func<int, float> weight)
    {
        var sorted = scores.ToArray();
        var rows = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, rows);
        var (positives, negatives, pairs) = (0.0, 0.0, 0.0);
        for (var start = 0; start < rows.Length;)
        {
            var (tiedPositives, tiedNegatives) = (0.0, 0.0);
            var end = start;
            for (; end < rows.Length && sorted[end].Equals(sorted[start]); end++)
            {
                if (isPositive(rows[end]))
                    tiedPositives += weight(rows[end]);
                else
                    tiedNegatives += weight(rows[end]);
            }

            pairs += tiedPositives * (negatives + tiedNegatives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
            start = end;
        }

        return positives > 0 && negatives > 0 ? pairs / (positives * negatives) : null;
    }
}
