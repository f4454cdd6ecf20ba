namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>A product of matrices that does not come with this library: see <see cref="HeldLibrary"/>.</summary>
internal interface IMatrixLibrary
{
    /// <summary>Products of fewer multiplications than these do not go there.</summary>
    long LeastMultiplications { get; }

    /// <summary>
    /// <c>result = left * right</c>, or the same added to the result, on the calling thread alone. One stride of a factor is 1, and the other one at least
    /// what lies between; the result's columns are contiguous.
    /// </summary>
    /// <param name="left">(rows, depth).</param>
    /// <param name="right">(depth, columns).</param>
    /// <param name="result">(rows, columns).</param>
    /// <param name="isSum">Whether it is added to what is there; else that is not read.</param>
    void Multiply(Matrix left, Matrix right, Matrix result, bool isSum);
}
