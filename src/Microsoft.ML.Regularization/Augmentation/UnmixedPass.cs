namespace Microsoft.ML.Regularization;

/// <summary>
/// Asks for a fresh pass in which no row is mixed with another. ML.NET hands it, as any <see cref="Random"/>, from view to view up to those that
/// augment.
/// </summary>
internal sealed class UnmixedPass(int seed) : Random(seed);
