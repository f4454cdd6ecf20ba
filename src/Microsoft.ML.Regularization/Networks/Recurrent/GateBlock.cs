namespace Microsoft.ML.Regularization.Networks;

/// <summary>A sum of a recurrent unit: which rows of the weights make it.</summary>
/// <param name="Input">Those of the inputs, by gate; null for none.</param>
/// <param name="State">Those of the states; null for none.</param>
internal readonly record struct GateBlock(int? Input, int? State);
