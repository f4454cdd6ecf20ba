using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Refuses <see cref="AdversarialTraining"/> of texts, whose tokens have nothing between them that an attack could move them to.</summary>
internal static class AdversarialTextCheck
{
    /// <param name="context">For errors.</param>
    /// <param name="recipe">What may ask for it.</param>
    /// <param name="readsTexts">Whether texts are what is read.</param>
    /// <param name="architecture">What reads.</param>
    public static void Check(IExceptionContext context, RegularizationRecipe recipe, bool readsTexts, NetworkArchitecture architecture)
    {
        if (recipe.AdversarialTraining is { } adversarial && readsTexts)
        {
            throw context.ExceptUserArg(
                nameof(recipe.AdversarialTraining),
                $"AdversarialTraining is {adversarial}, which moves numbers, but {architecture} reads texts, whose tokens cannot be moved a little: "
                + $"leave AdversarialTraining out; {nameof(RegularizationRecipe.ManifoldMixup)} and the transforms in ml.Transforms.Text change texts.");
        }
    }
}
