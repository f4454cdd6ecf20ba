namespace Microsoft.ML.Regularization.Networks;

/// <summary>The table of a category's vectors among a network's tensors: (values + 1, size), row 0 for missing values.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Values">Values that the category can have.</param>
/// <param name="Size">Numbers of a vector.</param>
internal readonly record struct CategoryTable(string Name, int Values, int Size);
