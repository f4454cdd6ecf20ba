using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How much the rows of each class count in the loss, on top of example weights: each class's term of the loss is multiplied by its weight, as in
/// PyTorch's cross entropy, so soft and smoothed labels count by their shares. Weights are scaled to a mean of 1 over the training rows, which leaves
/// the learning rate its meaning. Weighted probabilities are those of a population with classes so weighted.
/// </summary>
public sealed record ClassWeights
{
    [JsonConstructor]
    private ClassWeights(ValueList<double> values, double? beta = null) => (Values, Beta) = (values, beta);

    /// <summary>Every class counts alike, however many rows it has: weight <c>N / (K N_k)</c> for N_k of N rows, K classes (King and Zeng, 2001).</summary>
    public static ClassWeights Balanced { get; } = new([]);

    /// <summary>The weights that were given; empty for those that are made of the classes' masses.</summary>
    public ValueList<double> Values { get; }

    /// <summary>Beta of <see cref="EffectiveNumber"/>; null for others.</summary>
    public double? Beta { get; }

    /// <summary>
    /// Every class counts by its effective number of rows, which grows ever slower with their number N_k: weight <c>(1 - beta) / (1 - beta^N_k)</c>
    /// (Cui, Jia, Lin, Song and Belongie, "Class-balanced loss based on effective number of samples", 2019). Where rows have example weights, N_k is
    /// the class's share of their sum, in rows.
    /// </summary>
    /// <param name="beta">
    /// At least 0 (all rows count alike) and below 1 (<see cref="Balanced"/>). More rows of a class add little beyond 1 / (1 - beta) of them; 0.9, 0.99,
    /// 0.999 or 0.9999 are usual.
    /// </param>
    public static ClassWeights EffectiveNumber(double beta = 0.999) => new([], beta);

    /// <summary>Weights of one's own.</summary>
    /// <param name="weights">
    /// One for each class, in the order of the label's keys; for a boolean label that of false, then that of true. Each at least 0 (the class does not
    /// count); only their ratios matter.
    /// </param>
    public static ClassWeights Of(params double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new ClassWeights([.. weights]);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Beta is { } beta ? string.Create(CultureInfo.InvariantCulture, $"classes by effective number, beta {beta}")
        : Values.Count == 0 ? "balanced classes"
        : $"class weights {Values}";

    internal void Validate(IExceptionContext context)
    {
        if (Beta is { } beta)
            context.CheckFromZeroToBelowOne(beta, $"{nameof(ClassWeights)}.{nameof(Beta)}");
        for (var k = 0; k < Values.Count; k++)
            context.CheckAtLeast(Values[k], $"{nameof(ClassWeights)}[{k}]", 0);
        if (Values.Count > 0 && Values.All(value => value == 0))
            throw context.ExceptUserArg(nameof(ClassWeights), "ClassWeights must be above 0 for at least one class, but they are all 0.");
    }

    /// <summary>The weights of classes that have the given masses of rows, with a mean of 1 over these.</summary>
    /// <param name="context">Makes the error.</param>
    /// <param name="masses">For each class the sum of its rows' example weights.</param>
    /// <param name="labelColumnName">What the error calls the label.</param>
    /// <param name="rows">How many rows the masses are of.</param>
    internal float[] Resolve(IExceptionContext context, double[] masses, string labelColumnName, long rows)
    {
        if (Values.Count > 0 && Values.Count != masses.Length)
        {
            throw context.ExceptUserArg(
                nameof(ClassWeights), $"ClassWeights has {Values.Count} weights, but column '{labelColumnName}' has {masses.Length} classes.");
        }

        var total = masses.Sum();
        var weights = Values.Count == 0 ? Array.ConvertAll(masses, mass => mass > 0 ? 1 / EffectiveMass(mass, rows / total) : 0) : [.. Values];
        var mean = weights.Zip(masses, (weight, mass) => weight * mass).Sum() / total;
        if (mean == 0)
            throw context.ExceptUserArg(nameof(ClassWeights), $"ClassWeights are 0 for every class that the rows of column '{labelColumnName}' have.");
        return Array.ConvertAll(weights, weight => (float)(weight / mean));
    }

    private double EffectiveMass(double mass, double rowsPerMass)
    {
        if (Beta is not { } beta)
            return mass;

        // 1 - beta^n, whose last digits cancel where beta is next to 1; only the ratios matter, so 1 - beta may be left out.
        var exponent = mass * rowsPerMass * Math.Log(beta);
        return exponent > -1e-5 ? -exponent * (1 + exponent / 2) : 1 - Math.Exp(exponent);
    }
}
