namespace Microsoft.ML.Regularization.Tensors;

/// <summary>The rows of one training step, on the device that the network is on.</summary>
/// <param name="Input">(rows, features), or sparse rows.</param>
/// <param name="Targets">(rows, targets): for classes each row a distribution, for regression one standardized number.</param>
/// <param name="RowFactors">(rows): each row's weight over the normalizer of the sum, so that the sum of the rows' losses is a mean.</param>
internal readonly record struct TrainingBatch(NetworkInput Input, Tensor Targets, Tensor RowFactors)
{
    /// <summary>(rows, features) of bool: which features the rows had, and which were filled in or are indicators; null for all.</summary>
    public Tensor? Given { get; init; }

    /// <summary>The rows as a tensor (rows, features), for techniques that change them; sparse rows are none.</summary>
    public Tensor Features
    {
        get => Input.Rows ?? throw new NotSupportedException("Sparse rows are no tensor.");
        init => Input = value;
    }
}
