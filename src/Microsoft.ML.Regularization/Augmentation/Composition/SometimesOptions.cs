using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Applies an augmentation to a share of the rows, while a pipeline is fitted. Where it makes labels soft, all rows have soft labels.</summary>
[UnionCase("Sometimes")]
public sealed record SometimesOptions : ChoiceOptions
{
    /// <summary>The augmentation. It must be given.</summary>
    public AugmentationOptions Augmentation { get; init; } = null!;

    /// <summary>The probability that a row is given to the augmentation, from 0 (never) to 1 (always). Default: 0.5.</summary>
    public double Probability { get; init; } = 0.5;

    internal override string Name => "Sometimes";

    internal override IReadOnlyList<AugmentationOptions> Choices => [Augmentation];

    internal override bool IsIdentity => Probability == 0 || base.IsIdentity;

    internal override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) =>
        this with { Augmentation = Augmentation.In(context, trainer) };

    internal override double[] Probabilities => [Probability];

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
    }
}
