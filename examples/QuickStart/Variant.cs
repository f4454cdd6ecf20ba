using Microsoft.ML.Regularization;

namespace QuickStart;

/// <summary>One way to train the network: how it is regularized, and nothing else.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Recipe">What the trainer does against overfitting.</param>
/// <param name="MixupAlpha">See <see cref="MixupOptions.Alpha"/>; 0 mixes nothing.</param>
/// <param name="HoldOut">The share of training rows that early stopping watches; 0 trains on all.</param>
/// <param name="Folds">Trains a network for each of so many parts of the rows, on the others; null trains one on all.</param>
internal sealed record Variant(string Name, RegularizationRecipe Recipe, double MixupAlpha = 0, double HoldOut = 0, int? Folds = null);
