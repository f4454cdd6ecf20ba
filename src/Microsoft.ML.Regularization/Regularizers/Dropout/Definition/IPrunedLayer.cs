namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A layer that trains more weights than its model has.</summary>
internal interface IPrunedLayer
{
    Tensor Weight { get; }

    /// <summary>The weights, with exactly 0 where they are none of the model's.</summary>
    Tensor PrunedWeight();

    /// <summary>Takes their noise from weights that were pruned for good.</summary>
    void QuietPrunedWeights();
}
