using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The columns that a trainer reads, which are those of its recipe's augmentations.</summary>
/// <param name="Features">The features; null where categories are all there is.</param>
/// <param name="Label">The label.</param>
/// <param name="Weight">The example weights; null where all rows weigh the same.</param>
/// <param name="Categories">The categories beside the features.</param>
internal sealed record TrainerColumnNames(string? Features, string Label, string? Weight, IReadOnlyList<string> Categories)
{
    /// <summary>The option of a recipe that holds augmentations, in messages.</summary>
    public const string Option = "Augmentations";

    private IEnumerable<string> All => new[] { Features, Label, Weight }.OfType<string>().Concat(Categories);

    /// <summary>The trainer's column where an augmentation names none.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="augmentation">The augmentation's name.</param>
    /// <param name="option">Its option.</param>
    /// <param name="named">What the option names.</param>
    /// <param name="own">The trainer's column, first of those that the option may name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The augmentation names another column than the trainer's.</exception>
    public string? Agree(IExceptionContext context, string augmentation, string option, string? named, params ReadOnlySpan<string?> own)
    {
        if (named is not null && !own.Contains(named))
            throw Differs(context, augmentation, option, named);
        return named ?? own[0];
    }

    /// <summary>The trainer's features where an augmentation that changes them names none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The augmentation names another column than the trainer's, or the trainer has no features.</exception>
    public string AgreeOnFeatures(IExceptionContext context, string augmentation, string option, string? named, params ReadOnlySpan<string?> own)
    {
        if (Features is null && named is null)
        {
            throw context.ExceptUserArg(
                Option,
                $"Augmentations holds {augmentation}, which changes features, but FeatureColumnName is null: this trainer reads categories alone. Leave one of them out.");
        }

        return Agree(context, augmentation, option, named, [Features, .. own])!;
    }

    /// <summary>The trainer's categories.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The augmentation names others than the trainer's.</exception>
    public ValueList<string> AgreeOnCategories(IExceptionContext context, string augmentation, string option, ValueList<string>? named)
    {
        if (named is not null && !named.ToHashSet().SetEquals(Categories))
            throw Differs(context, augmentation, option, named.ToString());
        return [.. Categories];
    }

    private Exception Differs(IExceptionContext context, string augmentation, string option, string named) =>
        context.ExceptUserArg(
            Option,
            $"Augmentations holds {augmentation}, whose {option} is '{named}', but this trainer reads {string.Join(", ", All.Select(name => $"'{name}'"))}: "
            + "leave it null, which means the trainer's.");
}
