using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Queries of a recipe on its list of augmentations.</summary>
internal static class AugmentationLists
{
    /// <summary>The name in messages: <c>Mixup and Cutout</c>.</summary>
    public static string Describe(this ValueList<AugmentationOptions> augmentations) => string.Join(" and ", augmentations.Select(options => options.Name));

    public static void ValidateEach(this ValueList<AugmentationOptions> augmentations, IExceptionContext context)
    {
        foreach (var options in augmentations)
        {
            if (options is null)
                throw context.ExceptUserArg(TrainerColumnNames.Option, "Augmentations must not hold null.");
            options.Validate(context);
            if (options.WhyNotInTrainer is { } reason)
                throw context.ExceptUserArg(TrainerColumnNames.Option, $"Augmentations holds {options.Name}, but {reason}");
        }
    }
}
