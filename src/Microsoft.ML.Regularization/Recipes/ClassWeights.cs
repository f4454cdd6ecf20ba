using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How much the rows of each class count in the loss, on top of example weights: each class's term of the loss is multiplied by its weight, as in
/// PyTorch's cross entropy, so soft and smoothed labels count by their shares. Weights are scaled to a mean of 1 over the training rows, which leaves
/// the learning rate its meaning. Weighted probabilities are those of a population with classes so weighted.
/// </summary>
public sealed record ClassWeights
{
    private ClassWeights(ImmutableArray<double> values) => Values = values;

    /// <summary>Every class counts alike, however many rows it has: weight <c>N / (K N_k)</c> for N_k of N rows, K classes (King and Zeng, 2001).</summary>
    public static ClassWeights Balanced { get; } = new([]);

    /// <summary>The weights that were given; empty for <see cref="Balanced"/>.</summary>
    public ImmutableArray<double> Values { get; }

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

    /// <summary>Whether both weigh alike.</summary>
    /// <param name="other">The weights to compare with.</param>
    public bool Equals(ClassWeights? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in Values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Values.IsEmpty ? "balanced classes" : "class weights " + string.Join(", ", Values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    internal void Validate(IExceptionContext context)
    {
        for (var k = 0; k < Values.Length; k++)
            context.CheckAtLeast(Values[k], $"{nameof(ClassWeights)}[{k}]", 0);
        if (!Values.IsEmpty && Values.All(value => value == 0))
            throw context.ExceptUserArg(nameof(ClassWeights), "ClassWeights must be above 0 for at least one class, but they are all 0.");
    }

    /// <summary>The weights of classes that have the given masses of rows, with a mean of 1 over these.</summary>
    /// <param name="context">Makes the error.</param>
    /// <param name="masses">For each class the sum of its rows' example weights.</param>
    /// <param name="labelColumnName">What the error calls the label.</param>
    internal float[] Resolve(IExceptionContext context, double[] masses, string labelColumnName)
    {
        if (!Values.IsEmpty && Values.Length != masses.Length)
        {
            throw context.ExceptUserArg(
                nameof(ClassWeights), $"ClassWeights has {Values.Length} weights, but column '{labelColumnName}' has {masses.Length} classes.");
        }

        var weights = Values.IsEmpty ? Array.ConvertAll(masses, mass => mass > 0 ? 1 / mass : 0) : [.. Values];
        var mean = weights.Zip(masses, (weight, mass) => weight * mass).Sum() / masses.Sum();
        if (mean == 0)
            throw context.ExceptUserArg(nameof(ClassWeights), $"ClassWeights are 0 for every class that the rows of column '{labelColumnName}' have.");
        return Array.ConvertAll(weights, weight => (float)(weight / mean));
    }
}
