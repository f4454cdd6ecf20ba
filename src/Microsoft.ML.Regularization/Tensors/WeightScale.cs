using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>What a layer multiplies its matrix by: an optimizer whose steps have a size of their own divides them by it.</summary>
/// <param name="Weight">The matrix.</param>
/// <param name="Factor">Above 0.</param>
internal readonly record struct WeightScale(Parameter Weight, double Factor);
