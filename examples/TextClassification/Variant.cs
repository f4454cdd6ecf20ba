using Microsoft.ML.Regularization;

namespace TextClassification;

/// <summary>One way to train.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Architecture">The network.</param>
/// <param name="Recipe">Its regularization.</param>
/// <param name="Edits">Whether the words of training texts are edited.</param>
internal sealed record Variant(string Name, NetworkArchitecture Architecture, RegularizationRecipe Recipe, bool Edits);
