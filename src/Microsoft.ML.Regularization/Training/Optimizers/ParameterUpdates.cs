namespace Microsoft.ML.Regularization;

/// <summary>The update rule of each optimizer. A new one is added here.</summary>
internal static class ParameterUpdates
{
    /// <param name="optimizer">The options of the rule.</param>
    /// <param name="parameters">What is updated.</param>
    /// <param name="recipe">Says what draws weights to 0.</param>
    public static ParameterUpdate Create(Optimizer optimizer, FlatParameters parameters, RegularizationRecipe recipe)
    {
        var shrinkage = new WeightShrinkage(recipe.WeightDecay, recipe.L1 > 0 ? new L1Penalty(recipe.L1) : null);
        return optimizer switch
        {
            SgdOptimizer sgd => new SgdUpdate(sgd, parameters, shrinkage),
            AdamOptimizer adam => new AdamUpdate(adam, parameters, shrinkage),
            RmsPropOptimizer rmsProp => new RmsPropUpdate(rmsProp, parameters, shrinkage),
            _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, message: null),
        };
    }

    /// <summary>Whether a weight without gradient can take several steps at once.</summary>
    public static bool CanMissSteps(Optimizer optimizer) => optimizer is not AdamOptimizer adam || AdamUpdate.MomentumFades(adam);
}
