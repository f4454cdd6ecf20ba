namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A layer whose training uses more weights than the model keeps.</summary>
internal interface IPrunedLayer
{
    Tensor Weight { get; }

    /// <summary>The weights, with exactly 0 where they are pruned.</summary>
    Tensor PrunedWeight();

    /// <summary>Takes their noise from weights that were pruned for good.</summary>
    void QuietPrunedWeights();
}
