namespace Microsoft.ML.Regularization.Benchmarks.Photos;

/// <summary>What one process measured.</summary>
/// <param name="Alone">All on the thread that asks.</param>
/// <param name="Decoding">Decoding on all processors, and augmentation on the thread that asks.</param>
/// <param name="Together">Both on all processors.</param>
internal sealed record PhotoMeasurement(PhotoSpeed Alone, PhotoSpeed Decoding, PhotoSpeed Together);
