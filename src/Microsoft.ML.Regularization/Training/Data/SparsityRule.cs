using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Decides when rows are stored and multiplied as sparse: if at most one feature in 16 is not 0, whether the source's vectors are sparse or dense.
/// </summary>
internal static class SparsityRule
{
    // A product of dense rows does about ten times as many multiplications in the same time, and a sparse number takes the memory of two.
    private const int MostOf = 16;

    // After how many rows a decision is made, if more rows follow.
    private const int Some = 64;

    /// <param name="values">Numbers that are not 0.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Numbers of a row.</param>
    public static bool IsSparse(long values, long rows, int width) => values * MostOf <= rows * width;

    /// <summary>Whether rows that are being read are no longer to be kept as sparse ones.</summary>
    public static bool IsTooDense(SparseTable table, int width) => table.Count >= Some && !IsSparse(table.Values, table.Count, width);
}
