namespace Microsoft.ML.Regularization.Export;

/// <summary>The rows that come into a graph.</summary>
/// <param name="Numbers">(rows, numbers), or (rows, tokens) of whole numbers; empty where there are none.</param>
/// <param name="Keys">(rows, keys) of whole numbers; empty where there are none.</param>
internal readonly record struct GraphRows(string Numbers, string Keys);
