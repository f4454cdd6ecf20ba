using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Training rows that initial weights are fitted to: see <see cref="Network.InitializeFrom"/>.</summary>
/// <param name="Features">(rows, width of the input), as they come.</param>
/// <param name="Scaling">How numbers are scaled.</param>
/// <param name="Key">Of the random draws.</param>
internal readonly record struct InitialRows(Tensor Features, InputScaling Scaling, RandomKey Key)
{
    /// <summary>Whether the weights of all layers but the last come from elsewhere, and stay.</summary>
    public bool KeepsBody { get; init; }
}
