using System.Globalization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Applies one of several augmentations to each row, while a pipeline is fitted: Mixup or CutMix with a switch probability, for example. All are
/// given the same row; where one makes labels soft, all rows have soft labels.
/// </summary>
[UnionCase("OneOf")]
public sealed record OneOfOptions : AugmentationOptions
{
    /// <summary>The augmentations, two at least. Their own probabilities and options apply once one is chosen.</summary>
    public ValueList<AugmentationOptions> Augmentations { get; init; } = [];

    /// <summary>
    /// The probability, from 0 to 1, that the second of two augmentations is chosen rather than the first; for two augmentations only. Default: null,
    /// which makes all equally probable.
    /// </summary>
    public double? SwitchProbability { get; init; }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    internal override string Name => "OneOf";

    internal override bool SoftensLabels => Augmentations.Any(choice => choice.SoftensLabels && !choice.IsIdentity);

    internal override IEnumerable<IRowMixing> Mixings => Augmentations.SelectMany(choice => choice.Mixings);

    internal override string? WhyNotInTrainer => Augmentations.Select(choice => choice.WhyNotInTrainer).FirstOrDefault(reason => reason is not null);

    internal override bool WritesGaps => Augmentations.Any(choice => choice.WritesGaps);

    internal override bool IsIdentity => Augmentations.All(choice => choice.IsIdentity);

    internal override IEnumerable<string> StreamIdentity => [Name, .. Augmentations.SelectMany(choice => choice.StreamIdentity)];

    internal override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) =>
        this with { Augmentations = [.. Augmentations.Select(choice => choice.In(context, trainer))] };

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input) => Choices.TrainingShape(Augmentations, context, input);

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => Choices.Bind(
        Augmentations,
        env,
        source,
        Name,
        SwitchProbability is { } second ? [1 - second, second] : [.. Enumerable.Repeat(1.0 / Augmentations.Count, Augmentations.Count)]);

    internal override void Validate(IExceptionContext context)
    {
        context.CheckUserArg(Augmentations is not null, nameof(Augmentations), "Augmentations must not be null.");
        if (Augmentations!.Count < 2)
        {
            throw context.ExceptUserArg(nameof(Augmentations), string.Create(
                CultureInfo.InvariantCulture, $"Augmentations must hold two augmentations at least, but it holds {Augmentations.Count}."));
        }

        Choices.Validate(Augmentations, context, Name);
        if (SwitchProbability is not { } probability)
            return;

        context.CheckBetween(probability, nameof(SwitchProbability), 0, 1);
        if (Augmentations.Count != 2)
        {
            throw context.ExceptUserArg(nameof(SwitchProbability), string.Create(
                CultureInfo.InvariantCulture,
                $"SwitchProbability is {probability}, but it is for two augmentations and there are {Augmentations.Count}: leave it null."));
        }
    }
}
