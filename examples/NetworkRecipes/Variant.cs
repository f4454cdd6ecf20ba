using Microsoft.ML.Regularization;

namespace NetworkRecipes;

/// <summary>One way to train.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Architecture">The network.</param>
/// <param name="Recipe">Its regularization.</param>
/// <param name="Edits">Whether the words of training texts are edited.</param>
internal sealed record Variant(string Name, NetworkArchitecture Architecture, RegularizationRecipe Recipe, bool Edits = false);
