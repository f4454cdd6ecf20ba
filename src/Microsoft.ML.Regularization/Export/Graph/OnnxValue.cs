namespace Microsoft.ML.Regularization.Export;

/// <summary>An input or an output of a graph: rows of so many numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The numbers' type.</param>
/// <param name="Width">Numbers of a row.</param>
internal sealed record OnnxValue(string Name, OnnxType Type, long Width);
