namespace Microsoft.ML.Regularization.Inputs;

/// <summary>A number of a sparse row, whose other numbers are 0.</summary>
/// <param name="Slot">Its place in the row.</param>
/// <param name="Value">The number, which is not 0.</param>
internal readonly record struct SlotValue(int Slot, float Value);
