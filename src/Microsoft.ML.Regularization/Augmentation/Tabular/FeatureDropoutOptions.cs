using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Feature dropout: while a pipeline is fitted, each feature of a row is replaced with probability <see cref="Rate"/>, so that no feature is relied on
/// alone: dropout of inputs (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: A simple way to prevent neural networks from
/// overfitting", 2014). A one-hot block is dropped as a whole.
/// </summary>
/// <remarks>
/// <para>A missing feature is dropped like any other: its mean or zero then also replaces the missing value.</para>
/// <para>Features that are kept are not scaled up, as in a dropout layer: with <see cref="FeatureReplacement.Mean"/> each feature keeps its mean.</para>
/// <para>A sparse row stays sparse where half of it or more would be zeros.</para>
/// </remarks>
[UnionCase("FeatureDropout")]
public sealed record FeatureDropoutOptions : TabularAugmentationOptions
{
    /// <summary>The probability that a feature is dropped, at least 0 (none is) and below 1 (all are). 0.05 to 0.2 is usual. Default: 0.1.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>The value that replaces a dropped feature. Default: <see cref="FeatureReplacement.Mean"/>, which fits features of any scale.</summary>
    public FeatureReplacement Replacement { get; init; } = FeatureReplacement.Mean;

    internal override string Name => "FeatureDropout";

    internal override bool IsIdentity => Rate == 0 || base.IsIdentity;

    internal override bool WritesGaps => Replacement == FeatureReplacement.Missing;

    internal override bool NeedsMoments => Replacement == FeatureReplacement.Mean;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckFromZeroToBelowOne(Rate, nameof(Rate));
        context.CheckDefined(Replacement, nameof(Replacement));
    }

    internal override Func<FeatureChange> CreateChanges(FeatureColumn column, LearnedFeatures learned)
    {
        var droppable = learned.Units.Chosen(column);
        var replacement = Replacement switch
        {
            FeatureReplacement.Mean => new VBuffer<float>(column.Size, learned.Means),
            FeatureReplacement.Zero => new VBuffer<float>(column.Size, 0, [], []),
            _ => new VBuffer<float>(column.Size, [.. Enumerable.Repeat(float.NaN, column.Size)]),
        };
        return () => new Change(learned.Units, new UnitDraw(droppable, Rate), replacement);
    }

    private sealed class Change(FeatureUnits units, UnitDraw dropped, VBuffer<float> replacement) : FeatureChange
    {
        public override void Apply(in VBuffer<float> source, ref VBuffer<float> result, ref KeyedStream random)
        {
            dropped.Draw(ref random);
            RangeReplacement.Apply(source, replacement, units, dropped.Units, ref result);
        }
    }
}
