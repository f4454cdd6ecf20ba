using Microsoft.ML.Regularization;

namespace Pretraining;

/// <summary>What a network starts from.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Task">What it has learned before without labels; null for nothing.</param>
/// <param name="Tuning">How far the labels may move it; null for any distance.</param>
internal sealed record Start(string Name, PretextTask? Task = null, FineTuning? Tuning = null);
