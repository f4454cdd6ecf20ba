namespace Microsoft.ML.Regularization.Training;

/// <summary>A number that has two values at most: see <see cref="Inputs.InputLayout.Flags"/>.</summary>
/// <param name="Number">Which one of a row.</param>
/// <param name="First">A value.</param>
/// <param name="Second">The other; the same where there is none.</param>
internal readonly record struct NumberFlag(int Number, float First, float Second);
