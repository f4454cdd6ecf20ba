using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The noise that follows each hidden layer while a network is trained. A number converts to <see cref="StandardDropout"/>:
/// <c>Dropout = 0.2</c>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StandardDropout), "standard")]
[JsonDerivedType(typeof(GaussianDropout), "gaussian")]
public abstract record DropoutKind
{
    private protected DropoutKind()
    {
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Standard dropout with the given probability to drop; 0 means none.</summary>
    /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
    public static implicit operator DropoutKind?(double dropProbability) => FromDouble(dropProbability);

    /// <summary>Standard dropout with the given probability to drop; 0 means none.</summary>
    /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
    public static DropoutKind? FromDouble(double dropProbability) => dropProbability == 0 ? null : new StandardDropout(dropProbability);
}

/// <summary>
/// Inverted dropout: while training, a unit is zeroed with probability <see cref="DropProbability"/> and divided by
/// <c>1 - DropProbability</c> otherwise; at scoring nothing happens (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, 2014).
/// </summary>
/// <param name="DropProbability">
/// Probability to drop a unit, at least 0 (nothing is dropped) and below 1 (all but nothing is left). Sixteen random bits decide a unit.
/// </param>
public sealed record StandardDropout(double DropProbability) : DropoutKind
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(DropProbability, $"{nameof(RegularizationRecipe.Dropout)}.{nameof(DropProbability)}");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"dropout {DropProbability}");
}

/// <summary>
/// Gaussian dropout: while training, a unit is multiplied by a normal number of mean 1 and variance <c>p / (1 - p)</c>, the moments of standard
/// dropout with probability p to drop; at scoring nothing happens (Srivastava et al., 2014, section 10).
/// </summary>
/// <param name="DropProbability">The p of the variance, at least 0 (no noise) and below 1 (noise without bound); 0.2 gives a deviation of 0.5.</param>
public sealed record GaussianDropout(double DropProbability) : DropoutKind
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(DropProbability, $"{nameof(RegularizationRecipe.Dropout)}.{nameof(DropProbability)}");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Gaussian dropout {DropProbability}");
}
