using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Refuses <see cref="AlphaDropout"/> where the activation is not the one whose moments it keeps.</summary>
internal static class AlphaDropoutCheck
{
    public static void Check(IExceptionContext context, RegularizationRecipe recipe, Activation activation)
    {
        if (recipe.Dropout is AlphaDropout alpha && activation != Activation.SELU)
        {
            throw context.ExceptUserArg(
                nameof(recipe.Dropout),
                $"Dropout is {nameof(AlphaDropout)} ({alpha}), which keeps the moments of SELU, but Activation is {activation}: "
                + $"set Activation to SELU, or take {nameof(StandardDropout)}.");
        }
    }
}
