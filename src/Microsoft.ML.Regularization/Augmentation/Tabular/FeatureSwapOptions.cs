using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Feature swap: while a pipeline is fitted, each feature of a row is taken from a random partner row with probability <see cref="Rate"/>. With labels as
/// they are it is the swap noise of tables (Bahri, Jiang, Tay and Metzler, "SCARF: Self-supervised contrastive learning using random feature corruption",
/// 2022); with labels mixed by the share of features it is CutMix for tables (Yun, Han, Oh, Chun, Choe and Yoo, "CutMix: Regularization strategy to train
/// strong classifiers with localizable features", 2019).
/// </summary>
/// <remarks>
/// <para>A swapped value is one that its feature really takes, whatever its distribution. A one-hot block is one feature, taken as a whole, so that it stays
/// one-hot: see <see cref="TabularAugmentationOptions"/> for how blocks are recognized. SCARF draws each value from another row; here all swapped values of a
/// row come from one partner.</para>
/// <para>A value that the partner lacks (NaN) is taken like any other: the row then lacks it too. For partners, held-out rows and weights see
/// <see cref="MixingOptions"/>.</para>
/// </remarks>
[UnionCase("FeatureSwap")]
public sealed record FeatureSwapOptions : MixingOptions
{
    /// <summary>The probability that a feature is swapped, at least 0 (none is) and below 1 (all are). 0.05 to 0.2 is usual. Default: 0.1.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>
    /// Whether the label is mixed too, by the share of features and categories that were taken, blocks counting as one. Default: false, which leaves
    /// labels as they are, in their own type, and needs no label column.
    /// </summary>
    public bool MixLabels { get; init; }

    /// <summary>
    /// The only slots to swap, by name, or by the name of the column that <c>Concatenate</c> took them from, and columns of
    /// <see cref="MixingOptions.CategoricalColumnNames"/>. Naming a slot of a one-hot block means the block. Default: null, which means all slots and
    /// categories.
    /// </summary>
    public ValueList<string>? SlotNames { get; init; }

    internal override string Name => "FeatureSwap";

    internal override bool MixesLabels => MixLabels;

    internal override bool NeverMixes => Rate == 0 || base.NeverMixes;

    internal override IEnumerable<string> StreamIdentity => [.. base.StreamIdentity, .. SlotNames ?? []];

    internal override bool Mixes(string category) => SlotNames is null || SlotNames.Contains(category);

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckFromZeroToBelowOne(Rate, nameof(Rate));
        context.CheckSlotNamesIfAny(SlotNames, nameof(SlotNames));
        if (!MixLabels && LabelMode != LabelMode.Soft)
            throw context.ExceptUserArg(nameof(LabelMode), $"LabelMode is {LabelMode}, but MixLabels is false, so no label is mixed: set MixLabels.");
    }

    internal override Func<FeatureMixer> CreateMixers(IHostEnvironment env, IDataView source, DataViewSchema.Column? features)
    {
        if (features is not { Name: var name })
            return () => new FeatureSwapMixer(new FeatureUnits([0], []), [], Rate);
        ValueList<string>? slots = SlotNames is null ? null : [.. SlotNames.Where(slot => CategoricalColumnNames?.Contains(slot) != true)];
        var column = FeatureColumn.Of(env, source.Schema, name, slots);
        var units = new Deferred<FeatureUnits>(() => LearnedFeatures.Learn(source, column, withMoments: false, ExampleWeightColumnName).Units);
        var swappable = new Deferred<int[]>(() => units.Value.Chosen(column));
        return () => new FeatureSwapMixer(units.Value, swappable.Value, Rate);
    }
}
