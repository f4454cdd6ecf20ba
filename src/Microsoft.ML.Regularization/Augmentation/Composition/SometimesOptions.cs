using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Applies an augmentation to a share of the rows, while a pipeline is fitted. Where it makes labels soft, all rows have soft labels.</summary>
[UnionCase("Sometimes")]
public sealed record SometimesOptions : AugmentationOptions
{
    /// <summary>The augmentation. It must be given.</summary>
    public AugmentationOptions Augmentation { get; init; } = null!;

    /// <summary>The probability that a row is given to the augmentation, from 0 (never) to 1 (always). Default: 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    internal override string Name => "Sometimes";

    internal override bool SoftensLabels => Augmentation.SoftensLabels && !Augmentation.IsIdentity;

    internal override IEnumerable<IRowMixing> Mixings => Augmentation.Mixings;

    internal override string? WhyNotInTrainer => Augmentation.WhyNotInTrainer;

    internal override bool WritesGaps => Augmentation.WritesGaps;

    internal override bool IsIdentity => Probability == 0 || Augmentation.IsIdentity;

    internal override IEnumerable<string> StreamIdentity => [Name, .. Augmentation.StreamIdentity];

    internal override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) =>
        this with { Augmentation = Augmentation.In(context, trainer) };

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input) => Choices.TrainingShape([Augmentation], context, input);

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => Choices.Bind([Augmentation], env, source, Name, Probability);

    internal override void Validate(IExceptionContext context)
    {
        Choices.Validate([Augmentation], context, Name);
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
    }
}
