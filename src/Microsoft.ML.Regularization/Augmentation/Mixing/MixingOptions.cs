using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation that mixes each training row with a random partner row, features and labels alike.
/// </summary>
/// <remarks>
/// <para>Partners are uniformly random where the rows are cached: put <c>AppendCacheCheckpoint</c> before the mixing. Rows that stream are mixed in
/// constant memory with those of a second cursor in shuffled order; where the source cannot be shuffled, these are the 1,000 rows around, and a
/// warning says so.</para>
/// <para>Rows that <see cref="HoldOutOptions"/> marked are neither mixed nor used as partners. A partner whose label is missing, or whose
/// features or weight are not finite, is not used: the row stays as it is, so that one bad row does not spoil another.</para>
/// </remarks>
public abstract record MixingOptions : AugmentationOptions
{
    /// <summary>The weight column of <see cref="LabelMode.WeightedPairs"/> when <see cref="WeightColumnName"/> is null.</summary>
    public const string DefaultWeightColumnName = "Weight";

    private protected MixingOptions()
    {
    }

    /// <summary>Column of features: a vector of float of known size. Default: Features.</summary>
    public string FeatureColumnName { get; init; } = DefaultColumnNames.Features;

    /// <summary>Column of labels: a key, a boolean, a float or a vector of class probabilities. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>The probability that a row is mixed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How labels are written. Default: <see cref="LabelMode.Soft"/>.</summary>
    public LabelMode LabelMode { get; init; } = LabelMode.Soft;

    /// <summary>
    /// Column of example weights, a float. Where the rows have it, weights are mixed too, so that the expected loss is that of the weighted
    /// parents. Default: null, which means <see cref="DefaultWeightColumnName"/> for <see cref="LabelMode.WeightedPairs"/> (created when the rows
    /// have none) and no weights for <see cref="LabelMode.Soft"/>.
    /// </summary>
    public string? WeightColumnName { get; init; }

    internal sealed override bool MixesRows => true;

    internal override bool SoftensLabels => MixesLabels && LabelMode == LabelMode.Soft;

    internal override string? WhyNotInTrainer => WritesPairs
        ? "its LabelMode is WeightedPairs, which is for trainers that cannot take soft labels: take LabelMode.Soft."
        : null;

    internal override bool IsIdentity => !WritesPairs && NeverMixes;

    internal override IEnumerable<string> StreamIdentity => [Name.ToLowerInvariant(), FeatureColumnName, LabelColumnName];

    /// <summary>Whether labels take part in the mixture.</summary>
    internal virtual bool MixesLabels => true;

    /// <summary>Whether no row is ever mixed, though its label may be written in another form.</summary>
    internal virtual bool NeverMixes => Probability == 0;

    internal bool WritesPairs => MixesLabels && LabelMode == LabelMode.WeightedPairs;

    /// <summary>The weight column that is read, where there is one, and written; null for none.</summary>
    internal string? EffectiveWeightColumnName => !MixesLabels ? null : WeightColumnName ?? (WritesPairs ? DefaultWeightColumnName : null);

    /// <summary>Makes the mixers of features of a column, one for each cursor. No row is read before the first one is made.</summary>
    internal abstract Func<FeatureMixer> CreateMixers(IHostEnvironment env, IDataView source, DataViewSchema.Column features);

    internal override void Validate(IExceptionContext context)
    {
        context.CheckName(FeatureColumnName, nameof(FeatureColumnName));
        context.CheckName(LabelColumnName, nameof(LabelColumnName));
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
        context.CheckDefined(LabelMode, nameof(LabelMode));
        if (WeightColumnName is not null)
            context.CheckName(WeightColumnName, nameof(WeightColumnName));
        if (!MixesLabels)
            return;
        if (WeightColumnName == LabelColumnName || WeightColumnName == FeatureColumnName || FeatureColumnName == LabelColumnName)
        {
            throw context.ExceptUserArg(
                GetType().Name,
                $"Features ('{FeatureColumnName}'), label ('{LabelColumnName}') and weight ('{WeightColumnName}') must be different columns.");
        }
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        context.RequireFeatures(input, FeatureColumnName, "feature");
        if (!MixesLabels)
            return input;

        var label = context.Require(input, LabelColumnName, "label");
        var mixedLabel = MixableLabel.MixedShape(label) ?? throw context.Mismatch("label", label, MixableLabel.Expected);
        var columns = input.ToDictionary(column => column.Name);
        if (SoftensLabels && !IsIdentity)
            columns[LabelColumnName] = mixedLabel;
        if (EffectiveWeightColumnName is { } weightName)
        {
            if (input.TryFindColumn(weightName, out var weight))
            {
                if (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.ItemType != NumberDataViewType.Single || weight.IsKey)
                    throw context.Mismatch("weight", weight, "Single");
            }
            else if (WritesPairs)
            {
                columns[weightName] = new SchemaShape.Column(weightName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
            }
            else
            {
                throw context.ExceptSchemaMismatch(nameof(WeightColumnName), "weight", weightName);
            }
        }

        return new SchemaShape(columns.Values);
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => new MixingAugmentation(env, source, this);
}
