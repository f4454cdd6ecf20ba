using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Augmentations in the order in which rows go through them: <c>Augmentations = [new MixupOptions { Alpha = 0.4 }]</c>. Immutable; compares by value.
/// </summary>
[CollectionBuilder(typeof(AugmentationList), nameof(Create))]
[JsonConverter(typeof(JsonArrayConverter))]
public sealed class AugmentationList : ValueList<AugmentationOptions>
{
    private AugmentationList(AugmentationOptions[] options)
        : base(options)
    {
    }

    /// <summary>Makes a list, as collection expressions do.</summary>
    /// <param name="augmentations">In the order in which rows go through them.</param>
    public static AugmentationList Create(ReadOnlySpan<AugmentationOptions> augmentations) => new(augmentations.ToArray());

    /// <inheritdoc/>
    public override string ToString() => string.Join(" and ", Items.Select(options => options.Name));

    internal void Validate(IExceptionContext context)
    {
        foreach (var options in Items)
        {
            if (options is null)
                throw context.ExceptUserArg(TrainerColumnNames.Option, "Augmentations must not hold null.");
            options.Validate(context);
            if (options.WhyNotInTrainer is { } reason)
                throw context.ExceptUserArg(TrainerColumnNames.Option, $"Augmentations holds {options.Name}, but {reason}");
        }
    }

    private sealed class JsonArrayConverter() : ValueListJsonConverter<AugmentationList, AugmentationOptions>(items => new(items));
}
