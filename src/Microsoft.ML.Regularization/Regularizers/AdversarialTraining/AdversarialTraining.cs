using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Adversarial training: each step also trains on adversarial rows, that is, its rows changed within a small distance in the direction in which the loss
/// grows: <c>(1 - Weight) * loss of the rows + Weight * loss of the attacked rows</c>. Distances are in the units of the features as the trainer gets them,
/// alike for all: if features have different scales, normalize them before the trainer. Attacks use the network as it is in training, with the step's noise;
/// running statistics of batch normalization come from the rows themselves, and from attacked ones only where <see cref="Weight"/> is 1.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record AdversarialTraining
{
    private protected AdversarialTraining(double epsilon) => Epsilon = epsilon;

    /// <summary>The maximum distance by which a row is changed, in units of the features; above 0 (almost no change).</summary>
    public double Epsilon { get; init; }

    /// <summary>The share of the attacked rows in the loss, above 0 (almost none) and at most 1 (attacked rows alone). Default: 0.5.</summary>
    public double Weight { get; init; } = 0.5;

    /// <summary>Lower bound of the features: attacked features below it are set to it. Below <see cref="MaxValue"/>. Default: none, no bound.</summary>
    public double? MinValue { get; init; }

    /// <summary>Upper bound of the features: attacked features above it are set to it. Above <see cref="MinValue"/>. Default: none, no bound.</summary>
    public double? MaxValue { get; init; }

    /// <inheritdoc/>
    public sealed override string ToString()
    {
        var range = (MinValue, MaxValue) switch
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
        if (MinValue is { } minimum)
            context.CheckFinite(minimum, $"{nameof(AdversarialTraining)}.{nameof(MinValue)}");
        if (MaxValue is { } maximum)
            context.CheckFinite(maximum, $"{nameof(AdversarialTraining)}.{nameof(MaxValue)}");
        if (MinValue >= MaxValue)
        {
            throw context.ExceptUserArg($"{nameof(AdversarialTraining)}.{nameof(MinValue)}", string.Create(
                CultureInfo.InvariantCulture,
                $"AdversarialTraining.MinValue must be below AdversarialTraining.MaxValue, but they are {MinValue} and {MaxValue}."));
        }
    }

    /// <summary>The attack in a few words.</summary>
    private protected abstract string Attack { get; }
}
