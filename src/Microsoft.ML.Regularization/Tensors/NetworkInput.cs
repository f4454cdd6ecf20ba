namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Rows that a network is to compute: as a tensor, or sparse.</summary>
/// <param name="Rows">(rows, width); null for sparse rows.</param>
/// <param name="Sparse">Null for a tensor.</param>
internal readonly record struct NetworkInput(Tensor? Rows, SparseRows? Sparse = null)
{
    public static implicit operator NetworkInput(Tensor rows) => new(rows);
}
