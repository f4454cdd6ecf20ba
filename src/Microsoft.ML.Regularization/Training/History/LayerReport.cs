namespace Microsoft.ML.Regularization;

/// <summary>
/// A layer whose outputs are normalized, at the end of an epoch. Normalization undoes the scale of the layer's weights w, so weight decay does not make the
/// layer simpler: it keeps <see cref="EffectiveLearningRate"/> from falling as weights grow (van Laarhoven, "L2 regularization versus batch and weight
/// normalization", 2017).
/// </summary>
/// <param name="Name">The weights' name in the network, such as <c>hidden.0.linear.weight</c>.</param>
/// <param name="WeightNorm">Their Euclidean norm.</param>
/// <param name="EffectiveLearningRate">The learning rate over the square of the norm.</param>
public sealed record LayerReport(string Name, double WeightNorm, double EffectiveLearningRate);
