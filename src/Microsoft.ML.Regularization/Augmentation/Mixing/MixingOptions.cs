using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation that mixes each training row with a random partner row, features, categories and labels alike.
/// Records outside of the library cannot derive from it.
/// </summary>
/// <remarks>
/// <para>Column names that are left null default to ML.NET's names in a pipeline and to the trainer's own columns in a recipe, where no others can be
/// named.</para>
/// <para>Partners are uniformly random where the rows are cached: put <c>AppendCacheCheckpoint</c> before the mixing. Rows that stream are mixed in
/// constant memory with those of a second cursor in shuffled order; where the source cannot be shuffled, these are the 1,000 rows around, and a
/// warning says so.</para>
/// <para>Rows that <see cref="HoldOutOptions"/> marked are neither mixed nor used as partners. A partner whose label is missing, or whose
/// weight is not finite, is not used, nor is an image with pixels that are not: the row stays as it is, so that one bad row does not spoil another.</para>
/// </remarks>
public abstract record MixingOptions : AugmentationOptions, IRowMixing
{
    /// <summary>The weight column of <see cref="LabelMode.WeightedPairs"/> when <see cref="ExampleWeightColumnName"/> is null.</summary>
    internal const string DefaultExampleWeightColumnName = "Weight";

    private protected MixingOptions()
    {
    }

    /// <summary>
    /// Column of features: a vector of float of known size. Default: null, which means Features in a pipeline and the trainer's features in a recipe.
    /// </summary>
    public string? FeatureColumnName { get; init; }

    /// <summary>
    /// Column of labels: a key, a boolean, a float or a vector of class probabilities. Default: null, which means Label in a pipeline and the trainer's
    /// label in a recipe.
    /// </summary>
    public string? LabelColumnName { get; init; }

    /// <summary>
    /// Columns of categories in addition to the features, which a later trainer reads as categories or a later transform turns into features: keys, texts,
    /// booleans or numbers, or vectors of known size of keys, texts or booleans. A category cannot be mixed, so it is the partner's with the partner's share
    /// as probability, drawn once for a row and column, or for each slot of a vector; a missing one counts as any other. Default: null, which means none in a
    /// pipeline and the trainer's categories in a recipe.
    /// </summary>
    public ValueList<string>? CategoricalColumnNames { get; init; }

    /// <summary>The probability that a row is mixed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How labels are written. Default: <see cref="LabelMode.Soft"/>.</summary>
    public LabelMode LabelMode { get; init; } = LabelMode.Soft;

    /// <summary>
    /// Column of example weights, a float. Where the rows have it, weights are mixed with the labels, so that the expected loss is that of the weighted
    /// parents: a mixed row weighs <c>lambda w_i + (1 - lambda) w_j</c>, and its label leans to each parent by that parent's part of the weight. Rows of
    /// weight 0 are neither mixed nor partners. Default: null, which means the trainer's weights in a recipe; in a pipeline
    /// Weight for <see cref="LabelMode.WeightedPairs"/> (created when the rows have none) and no weights for
    /// <see cref="LabelMode.Soft"/>.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    internal sealed override IEnumerable<IRowMixing> Mixings => [this];

    internal override bool SoftensLabels => MixesLabels && LabelMode == LabelMode.Soft;

    internal override string? WhyNotInTrainer => WritesPairs
        ? "its LabelMode is WeightedPairs, which is for trainers that cannot take soft labels: take LabelMode.Soft."
        : null;

    internal override bool IsIdentity => !WritesPairs && NeverMixes;

    internal override IEnumerable<string> StreamIdentity => [Name.ToLowerInvariant(), EffectiveFeatureColumnName, EffectiveLabelColumnName];

    /// <summary>Whether labels take part in the mixture.</summary>
    internal virtual bool MixesLabels => true;

    /// <summary>Whether no row is ever mixed, though its label may be written in another form.</summary>
    internal virtual bool NeverMixes => Probability == 0;

    bool IRowMixing.MixesLabels => MixesLabels;

    bool IRowMixing.NeverMixes => NeverMixes;

    bool IRowMixing.Names(string column) => Names(column);

    internal bool WritesPairs => MixesLabels && LabelMode == LabelMode.WeightedPairs;

    /// <summary>False in a recipe whose trainer reads categories alone.</summary>
    internal bool HasFeatures { get; init; } = true;

    internal string EffectiveFeatureColumnName => FeatureColumnName ?? DefaultColumnNames.Features;

    internal string EffectiveLabelColumnName => LabelColumnName ?? DefaultColumnNames.Label;

    internal ValueList<string> EffectiveCategoricalColumnNames => CategoricalColumnNames ?? [];

    /// <summary>The weight column that is read, where there is one; null for none.</summary>
    internal string? EffectiveExampleWeightColumnName => ExampleWeightColumnName ?? (WritesPairs ? DefaultExampleWeightColumnName : null);

    /// <summary>Whether the weight column is written, too.</summary>
    internal bool WritesWeights => MixesLabels && EffectiveExampleWeightColumnName is not null;

    /// <summary>Whether a column is among those that are mixed.</summary>
    internal bool Names(string column) =>
        column == EffectiveFeatureColumnName || column == EffectiveLabelColumnName || column == EffectiveExampleWeightColumnName
        || EffectiveCategoricalColumnNames.Contains(column);

    /// <summary>Whether the categories of a column may come from a partner.</summary>
    internal virtual bool Mixes(string category) => true;

    internal sealed override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) => this with
    {
        FeatureColumnName = trainer.Agree(context, Name, nameof(FeatureColumnName), FeatureColumnName, trainer.Features),
        HasFeatures = trainer.Features is not null,
        LabelColumnName = trainer.Agree(context, Name, nameof(LabelColumnName), LabelColumnName, trainer.Label),
        ExampleWeightColumnName = trainer.Agree(context, Name, nameof(ExampleWeightColumnName), ExampleWeightColumnName, trainer.Weight),
        CategoricalColumnNames = trainer.AgreeOnCategories(context, Name, nameof(CategoricalColumnNames), CategoricalColumnNames),
    };

    /// <summary>Makes the mixers of features of a column, one for each cursor. No row is read before the first one is made.</summary>
    /// <param name="env">For errors.</param>
    /// <param name="source">The rows.</param>
    /// <param name="features">The column; null where there are no features.</param>
    internal abstract Func<FeatureMixer> CreateMixers(IHostEnvironment env, IDataView source, DataViewSchema.Column? features);

    internal override void Validate(IExceptionContext context)
    {
        context.CheckNameIfAny(FeatureColumnName, nameof(FeatureColumnName));
        context.CheckNameIfAny(LabelColumnName, nameof(LabelColumnName));
        context.CheckNameIfAny(ExampleWeightColumnName, nameof(ExampleWeightColumnName));
        context.CheckNames(CategoricalColumnNames ?? [], nameof(CategoricalColumnNames));
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
        context.CheckDefined(LabelMode, nameof(LabelMode));
        CheckRoles(context);
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        if (HasFeatures)
            context.RequireFeatures(input, EffectiveFeatureColumnName, "feature");
        CategoryColumn.Check(context, input, EffectiveCategoricalColumnNames);
        if (ExampleWeightColumnName is not null && !WritesPairs)
            context.RequireWeights(input, ExampleWeightColumnName);
        if (!MixesLabels)
            return input;

        var label = context.Require(input, EffectiveLabelColumnName, "label");
        var mixedLabel = MixableLabel.MixedShape(label) ?? throw context.Mismatch("label", label, MixableLabel.Expected);
        var columns = input.ToDictionary(column => column.Name);
        if (SoftensLabels && !IsIdentity)
            columns[EffectiveLabelColumnName] = mixedLabel;
        if (WritesPairs && EffectiveExampleWeightColumnName is { } weightName)
        {
            if (columns.ContainsKey(weightName))
                context.RequireWeights(input, weightName);
            else
                columns[weightName] = new SchemaShape.Column(weightName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
        }

        return new SchemaShape(columns.Values);
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => new MixingAugmentation(env, source, this);

    private void CheckRoles(IExceptionContext context)
    {
        string?[] others = MixesLabels ? [EffectiveLabelColumnName, ExampleWeightColumnName] : [ExampleWeightColumnName];
        var roles = EffectiveCategoricalColumnNames.Prepend(EffectiveFeatureColumnName).Concat(others).OfType<string>().ToList();
        if (roles.Find(name => roles.Count(other => other == name) > 1) is not { } twice)
            return;

        throw context.ExceptUserArg(
            GetType().Name,
            $"Features ('{EffectiveFeatureColumnName}'), label ('{EffectiveLabelColumnName}'), weight ('{ExampleWeightColumnName}') and categories "
            + $"({string.Join(", ", EffectiveCategoricalColumnNames.Select(name => $"'{name}'"))}) must be different columns, but '{twice}' is named twice.");
    }
}
