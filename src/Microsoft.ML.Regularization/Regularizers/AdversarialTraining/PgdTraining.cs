using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Projected gradient descent: steps of <see cref="StepSize"/> along the sign of the gradient, or for <see cref="AdversarialNorm.L2"/> along its direction,
/// each one followed by a projection back to within Epsilon of the row (Madry, Makelov, Schmidt, Tsipras and Vladu, "Towards deep learning models resistant
/// to adversarial attacks", 2018). One step of <c>1.25 * Epsilon</c> from a random start is the fast method of Wong, Rice and Kolter (2020).
/// </summary>
[UnionCase("pgd")]
public sealed record PgdTraining : AdversarialTraining
{
    /// <summary>The attack with the given reach.</summary>
    /// <param name="epsilon">The maximum distance by which a row is changed, in units of the features; above 0.</param>
    public PgdTraining(double epsilon)
        : base(epsilon)
    {
    }

    /// <summary>
    /// The length of one step, in units of the features; above 0 (almost no change). Default: none, which stands for <c>2.5 * Epsilon / Steps</c>, enough to
    /// reach the boundary from any start.
    /// </summary>
    public double? StepSize { get; init; }

    /// <summary>Steps of the attack, each one a forward and a backward pass; from 1 to 1,000 (a step of training then takes as long as a thousand). Default: 7.</summary>
    public int Steps { get; init; } = 7;

    /// <summary>The norm that measures the change of a row. Default: <see cref="AdversarialNorm.LInfinity"/>.</summary>
    public AdversarialNorm Norm { get; init; } = AdversarialNorm.LInfinity;

    /// <summary>Whether the first step starts at a point drawn uniformly from those within Epsilon, instead of at the row. Default: True.</summary>
    public bool RandomStart { get; init; } = true;

    // An attack does not check for cancellation.
    internal const int MostSteps = 1000;

    internal double EffectiveStepSize => StepSize ?? 2.5 * Epsilon / Steps;

    private protected override string Attack
    {
        get
        {
            var (norm, start) = (Norm == AdversarialNorm.L2 ? " L2" : "", RandomStart ? "" : " from the row");
            return string.Create(CultureInfo.InvariantCulture, $"PGD{norm} {Epsilon}, {Steps} steps of {EffectiveStepSize:0.######}{start}");
        }
    }

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(Steps, $"{nameof(AdversarialTraining)}.{nameof(Steps)}", 1, MostSteps);
        if (StepSize is { } size)
            context.CheckAbove(size, $"{nameof(AdversarialTraining)}.{nameof(StepSize)}", 0);
        context.CheckDefined(Norm, $"{nameof(AdversarialTraining)}.{nameof(Norm)}");
    }
}
