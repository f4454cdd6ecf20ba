using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>How much regularization a recipe has: what its techniques are set to, over what is usual, added up.</summary>
/// <param name="Techniques">Those that are on, with their share.</param>
internal sealed record RecipeWeight(IReadOnlyList<(string Name, double Share)> Techniques)
{
    /// <summary>Beyond, a recipe is heavy. The heaviest preset has 3.</summary>
    public const double Most = 4.5;

    public double Sum => Techniques.Sum(technique => technique.Share);

    public bool IsHeavy => Sum > Most;

    public static RecipeWeight Of(RegularizationRecipe recipe)
    {
        (string Name, double Share)[] all =
        [
            ("WeightDecay", recipe.WeightDecay / 0.1),
            ("L2", recipe.L2 / 0.001),
            ("L1", recipe.L1 / 0.001),
            ("MaxNorm", recipe.MaxNorm is { } norm ? 1 / norm : 0),
            ("LabelSmoothing", recipe.LabelSmoothing / 0.1),
            ("ConfidencePenalty", recipe.ConfidencePenalty is { } penalty ? penalty.Weight / 0.1 : 0),
            ("Dropout", recipe.Dropout switch { null => 0, StandardDropout dropout => Odds(dropout.DropProbability), GaussianDropout dropout => Odds(dropout.DropProbability), DropConnect dropout => Odds(dropout.DropProbability), _ => 1 }),
            ("StochasticDepth", recipe.StochasticDepth is { } depth ? Odds(1 - depth.SurvivalProbability) : 0),
            ("RDrop", recipe.RDrop is null ? 0 : 1),
            ("AdversarialTraining", recipe.AdversarialTraining is null ? 0 : 1),
            ("ManifoldMixup", recipe.ManifoldMixup is { } mixup ? mixup.Alpha / 2 : 0),
            ("SharpnessAware", recipe.SharpnessAware is null ? 0 : 1),
            ("Augmentations", recipe.Augmentations?.Sum(ShareOf) ?? 0),
        ];
        return new RecipeWeight([.. all.Where(technique => technique.Share > 0)]);
    }

    public override string ToString() => string.Join(", ", Techniques.OrderByDescending(technique => technique.Share).Select(technique => Invariant($"{technique.Name} {technique.Share:0.0}")));

    // The variance that a dropped unit brings, over that of a rate of 0.3.
    private static double Odds(double rate) => rate / (1 - rate) / (0.3 / 0.7);

    private static double ShareOf(AugmentationOptions augmentation) => augmentation switch
    {
        MixupOptions mixup => Math.Min(2, mixup.Alpha / 0.4),
        CutMixOptions => 1,
        GaussianNoiseOptions noise => noise.Scale / 0.2,
        FeatureDropoutOptions dropout => Odds(dropout.Rate),
        FeatureSwapOptions swap => Odds(swap.Rate),
        _ => 0.3,
    };
}
