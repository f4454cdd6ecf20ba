namespace Microsoft.ML.Regularization;

/// <summary>What came of one of the settings that a pack tried.</summary>
public sealed record PackMemberReport
{
    /// <summary>The network, with the depth and embedding that were drawn.</summary>
    public required NetworkArchitecture Architecture { get; init; }

    /// <summary>The regularization that was drawn.</summary>
    public required RegularizationRecipe Recipe { get; init; }

    /// <summary>The learning rate that was drawn, above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Epochs that it was trained for.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch in which it was the best by itself, from 1; 0 if it was in none.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>
    /// What its best epoch had by itself on the validation rows, so that smaller is better: the loss or an error; of accuracies and the area under the ROC curve what they lack to 1. Null
    /// if there was none.
    /// </summary>
    public double? BestLoss { get; init; }

    /// <summary>How many of the ensemble's snapshots are its own.</summary>
    public required int Snapshots { get; init; }

    /// <summary>Their share of the ensemble, from 0 (none) to 1 (all).</summary>
    public double Share { get; init; }
}
