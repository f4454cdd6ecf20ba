using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Adversarial training: each step also learns its rows as an attack has changed them within a small distance, in the direction in which the loss
/// grows: <c>(1 - Weight) * loss of the rows + Weight * loss of the attacked rows</c>. Distances are in the units of the features as the trainer gets
/// them, alike for all: where features have scales of their own, normalize them before the trainer. Attacks see the network as it trains, with the
/// step's noise; running statistics of batch normalization come from the rows themselves, and from attacked ones only where <see cref="Weight"/> is 1.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FgsmTraining), "fgsm")]
[JsonDerivedType(typeof(PgdTraining), "pgd")]
public abstract record AdversarialTraining
{
    private protected AdversarialTraining(double epsilon) => Epsilon = epsilon;

    /// <summary>How far a row is changed at most, in units of the features; above 0 (next to nothing).</summary>
    public double Epsilon { get; init; }

    /// <summary>The attacked rows' share in the loss, above 0 (next to none) and at most 1 (attacked rows alone). Default: 0.5.</summary>
    public double Weight { get; init; } = 0.5;

    /// <summary>The least that a feature can be: attacked features below it become it. Below <see cref="Maximum"/>. Default: none, no bound.</summary>
    public double? Minimum { get; init; }

    /// <summary>The most that a feature can be: attacked features above it become it. Above <see cref="Minimum"/>. Default: none, no bound.</summary>
    public double? Maximum { get; init; }

    /// <summary>One step along the sign of the gradient: cheap, for the cost of one more pass.</summary>
    /// <param name="epsilon">How far every feature is changed, in its own units; above 0.</param>
    public static AdversarialTraining Fgsm(double epsilon) => new FgsmTraining(epsilon);

    /// <summary>Several smaller steps: attacks that are stronger, for a pass each.</summary>
    /// <param name="epsilon">How far a row is changed at most, in units of the features; above 0.</param>
    /// <param name="stepSize">How far one step goes; above 0. Null stands for <c>2.5 * epsilon / steps</c>.</param>
    /// <param name="steps">From 1 to 1,000.</param>
    /// <param name="norm">What measures the change.</param>
    /// <param name="randomStart">Whether the first step starts at a random place within reach instead of at the row.</param>
    public static AdversarialTraining Pgd(
        double epsilon, double? stepSize = null, int steps = 7, AdversarialNorm norm = AdversarialNorm.LInfinity, bool randomStart = true) =>
        new PgdTraining(epsilon) { StepSize = stepSize, Steps = steps, Norm = norm, RandomStart = randomStart };

    /// <inheritdoc/>
    public sealed override string ToString()
    {
        var range = (Minimum, Maximum) switch
        {
            (null, null) => "",
            ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $", at least {from}"),
            (null, { } to) => string.Create(CultureInfo.InvariantCulture, $", at most {to}"),
            ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $", from {from} to {to}"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"adversarial training ({Attack}, weight {Weight}{range})");
    }

    internal Demand Demand => new(
        nameof(AdversarialTraining), ToString(), Capabilities.MovableInputs, "moves numbers",
        "leave AdversarialTraining out; ManifoldMixup and the transforms in ml.Transforms.Text change texts");

    internal virtual void Validate(IExceptionContext context)
    {
        context.CheckAbove(Epsilon, $"{nameof(AdversarialTraining)}.{nameof(Epsilon)}", 0);
        context.CheckAboveZeroToOne(Weight, $"{nameof(AdversarialTraining)}.{nameof(Weight)}");
        if (Minimum is { } minimum)
            context.CheckFinite(minimum, $"{nameof(AdversarialTraining)}.{nameof(Minimum)}");
        if (Maximum is { } maximum)
            context.CheckFinite(maximum, $"{nameof(AdversarialTraining)}.{nameof(Maximum)}");
        if (Minimum >= Maximum)
        {
            throw context.ExceptUserArg($"{nameof(AdversarialTraining)}.{nameof(Minimum)}", string.Create(
                CultureInfo.InvariantCulture,
                $"AdversarialTraining.Minimum must be below AdversarialTraining.Maximum, but they are {Minimum} and {Maximum}."));
        }
    }

    /// <summary>The attack in a few words.</summary>
    private protected abstract string Attack { get; }
}

/// <summary>
/// The fast gradient sign method: <c>x + Epsilon * sign(g)</c> with g the loss's gradient at the features x (Goodfellow, Shlens and Szegedy, "Explaining
/// and harnessing adversarial examples", 2015).
/// </summary>
public sealed record FgsmTraining : AdversarialTraining
{
    /// <summary>The attack with the given reach.</summary>
    /// <param name="epsilon">How far every feature is changed, in its own units; above 0.</param>
    public FgsmTraining(double epsilon)
        : base(epsilon)
    {
    }

    private protected override string Attack => string.Create(CultureInfo.InvariantCulture, $"FGSM {Epsilon}");
}

/// <summary>
/// Projected gradient descent: steps of <see cref="StepSize"/> along the sign of the gradient, or for <see cref="AdversarialNorm.L2"/> along its direction,
/// each one followed by the way back to within Epsilon of the row (Madry, Makelov, Schmidt, Tsipras and Vladu, "Towards deep learning models resistant
/// to adversarial attacks", 2018). One step of <c>1.25 * Epsilon</c> from a random start is the fast method of Wong, Rice and Kolter (2020).
/// </summary>
public sealed record PgdTraining : AdversarialTraining
{
    /// <summary>The attack with the given reach.</summary>
    /// <param name="epsilon">How far a row is changed at most, in units of the features; above 0.</param>
    public PgdTraining(double epsilon)
        : base(epsilon)
    {
    }

    /// <summary>
    /// How far one step goes, in units of the features; above 0 (next to nowhere). Default: none, which stands for <c>2.5 * Epsilon / Steps</c>, enough to
    /// reach the edge from anywhere.
    /// </summary>
    public double? StepSize { get; init; }

    /// <summary>Steps of the attack, each one a forward and a backward pass; from 1 to 1,000 (a step of training then takes as long as a thousand). Default: 7.</summary>
    public int Steps { get; init; } = 7;

    /// <summary>What measures the change of a row. Default: <see cref="AdversarialNorm.LInfinity"/>.</summary>
    public AdversarialNorm Norm { get; init; } = AdversarialNorm.LInfinity;

    /// <summary>Whether the first step starts at a place drawn uniformly from all within Epsilon, instead of at the row. Default: True.</summary>
    public bool RandomStart { get; init; } = true;

    // An attack looks at no cancellation.
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
