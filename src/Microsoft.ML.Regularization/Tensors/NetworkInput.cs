namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Rows that a network is to compute: as a tensor, or sparse.</summary>
/// <param name="Rows">(rows, width); null for sparse rows.</param>
/// <param name="Sparse">Null for a tensor.</param>
internal readonly record struct NetworkInput(Tensor? Rows, SparseRows? Sparse = null)
{
    /// <summary>
    /// (2, tokens) of int64: tokens of texts that are asked for one by one, the row of each and its place in the row; null for an output of each row.
    /// </summary>
    public Tensor? Places { get; init; }

    public static implicit operator NetworkInput(Tensor rows) => new(rows);
}
