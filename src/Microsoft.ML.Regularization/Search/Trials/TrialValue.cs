namespace Microsoft.ML.Regularization;

/// <summary>What a trial has in one dimension of a <see cref="SearchSpace"/>.</summary>
/// <param name="Name">The dimension.</param>
/// <param name="Value">A number of its range; of choices the place among them, from 0.</param>
public readonly record struct TrialValue(string Name, double Value);
