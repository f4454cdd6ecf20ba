namespace Microsoft.ML.Regularization;

/// <summary>A class among the labels: see <see cref="TableFacts"/>.</summary>
/// <param name="Name">Its label as it is written.</param>
/// <param name="Rows">How many rows have it.</param>
public sealed record ClassFacts(string Name, int Rows);
