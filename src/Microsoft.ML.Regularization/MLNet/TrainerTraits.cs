namespace Microsoft.ML.Regularization.MLNet;

/// <summary>What ML.NET is told of trainers.</summary>
internal static class TrainerTraits
{
    /// <summary>A trainer that scales and shuffles rows by itself, takes validation rows, and goes on training a model.</summary>
    public static TrainerInfo OfNetworks() =>
        new(normalization: false, calibration: false, caching: false, supportValid: true, supportIncrementalTrain: true);
}
