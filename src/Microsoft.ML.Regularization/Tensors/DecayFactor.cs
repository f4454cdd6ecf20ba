using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// How strongly weight decay applies to a parameter, as a layer says that keeps it divided by a ratio: with such parameters Adam learns at the ratio times the
/// learning rate, and decay that is to follow their own rate, times that rate, has the square of the ratio as its factor.
/// </summary>
/// <param name="Weight">The parameter.</param>
/// <param name="Factor">Of the recipe's weight decay; 0 for none.</param>
internal readonly record struct DecayFactor(Parameter Weight, double Factor);
