using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Recognizes embeddings: rows of many numbers, nearly all of them not 0, that are all of the same Euclidean length. Their angles carry the information, which
/// a scale for each number distorts.
/// </summary>
internal static class EqualLengths
{
    // Fewer numbers can be of equal length because they are shares, or a point on a circle.
    private const int LeastNumbers = 32;

    // One-hot codes are of equal length too, but mostly 0.
    private const double MostZeros = 0.05;

    private const double Tolerance = 1e-3;

    private const int RowsToLookAt = 1000;

    private const int RowsAtATime = 100;

    /// <summary>Whether the first rows are embeddings; at least two must be there.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="input">The meaning of their floats.</param>
    public static bool Are(Dataset rows, InputLayout input)
    {
        if (input.Numbers < LeastNumbers || input.Image is not null || input.Steps > 0)
            return false;

        var (seen, zeros, first) = (0, 0L, 0.0);
        var numbers = new float[input.Numbers];
        using var batches = rows.InOrder(RowsAtATime);
        while (seen < RowsToLookAt && batches.MoveNext())
        {
            if (batches.Table.IsSparse)
                return false;
            foreach (var row in batches.Rows)
            {
                if (batches.Table.Weight(row) == 0)
                    continue;
                batches.Table.CopyFeatures(row, 0, numbers);
                var length = (double)TensorPrimitives.Norm(numbers);
                if (seen++ == 0)
                    first = length;

                // A missing number makes the length NaN, which is within nothing.
                if (!(Math.Abs(length - first) <= Tolerance * first && first > 0 && double.IsFinite(first)))
                    return false;
                zeros += numbers.AsSpan().Count(0f);
            }
        }

        return seen > 1 && zeros <= MostZeros * seen * input.Numbers;
    }
}
