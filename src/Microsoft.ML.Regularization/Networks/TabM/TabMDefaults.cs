namespace Microsoft.ML.Regularization.Networks;

/// <summary>The settings of TabM's own package: see <see cref="TabMArchitecture"/>.</summary>
internal static class TabMDefaults
{
    public static TrainingDefaults Value { get; } = new()
    {
        Recipe = new RegularizationRecipe
        {
            WeightDecay = 3e-4,
            Dropout = 0.1,
            GradientClipping = GradientClipping.ByNorm(1),
            EarlyStopping = new EarlyStopping { Patience = 16, StandardErrors = 0 },
        },
        InputScaling = InputScaling.NormalQuantiles,
        LearningRate = 2e-3,
        BatchSize = 256,
        LeastBatchSize = 32,
        MaxEpochs = 1000,
    };
}
