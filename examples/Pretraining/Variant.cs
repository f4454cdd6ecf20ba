using Microsoft.ML.Regularization;

namespace Pretraining;

/// <summary>One way to learn of few labels.</summary>
/// <param name="Network">What tables call the network.</param>
/// <param name="Options">How it learns the labels.</param>
/// <param name="Start">What it starts from.</param>
internal sealed record Variant(string Network, NeuralNetworkOptions Options, Start Start);
