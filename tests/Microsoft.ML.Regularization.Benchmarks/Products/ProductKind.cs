namespace Microsoft.ML.Regularization.Benchmarks.Products;

/// <summary>Which product of a linear layer.</summary>
internal enum ProductKind
{
    /// <summary>Rows by weights.</summary>
    Forward,

    /// <summary>The gradient of what comes out by weights.</summary>
    GradientOfRows,

    /// <summary>The gradient of what comes out by rows.</summary>
    GradientOfWeights,
}
