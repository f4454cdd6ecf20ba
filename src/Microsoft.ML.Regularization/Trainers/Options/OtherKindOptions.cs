namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The options of a network that learns the rows of a fit, but is of another kind than the fit's own: a student, or the TabM of a pack.</summary>
internal static class OtherKindOptions
{
    /// <summary>Options without what describes how a network is trained, but for the epochs: what suits one kind may be far off for another.</summary>
    public static NeuralNetworkOptions Of(NeuralNetworkOptions options) => options with
    {
        Recipe = null,
        Optimizer = null,
        LearningRate = null,
        Schedule = null,
        BatchSize = null,
        DropsLastBatch = null,
        InputScaling = null,
        GradientTolerance = null,
    };

    /// <summary>The recipe of a network of another kind: its own, but for what the options change in the rows.</summary>
    /// <param name="own">That of its kind.</param>
    /// <param name="options">The options of the fit.</param>
    public static RegularizationRecipe RecipeOf(RegularizationRecipe own, NeuralNetworkOptions options) => own with
    {
        Augmentations = options.Recipe?.Augmentations ?? own.Augmentations,
        UnmixedEpochs = options.Recipe?.UnmixedEpochs ?? own.UnmixedEpochs,
    };
}
