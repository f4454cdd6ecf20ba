using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Mixup: while a pipeline is fitted, each row becomes <c>lambda x_i + (1 - lambda) x_j</c> with a random partner row j, features and labels
/// alike, lambda ~ Beta(alpha, alpha) drawn for each row (Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: Beyond empirical risk minimization",
/// 2018). The paper draws one lambda for a batch; a pipeline has rows, not batches.
/// </summary>
/// <remarks>
/// <para>Partners are uniformly random where the rows are cached: put <c>AppendCacheCheckpoint</c> before Mixup. Rows that stream are mixed in
/// constant memory with those of a second cursor in shuffled order; where the source cannot be shuffled, these are the 1,000 rows around, and a
/// warning says so.</para>
/// <para>Rows that <see cref="HoldOutOptions"/> marked are neither mixed nor used as partners. A partner whose label is missing, or whose
/// features or weight are not finite, is not used: the row stays as it is, so that one bad row does not spoil another.</para>
/// </remarks>
public sealed record MixupOptions : AugmentationOptions
{
    /// <summary>The weight column of <see cref="LabelMode.WeightedPairs"/> when <see cref="WeightColumnName"/> is null.</summary>
    public const string DefaultWeightColumnName = "Weight";

    /// <summary>Column of features: a vector of float of known size, dense or sparse. Default: Features.</summary>
    public string FeatureColumnName { get; init; } = DefaultColumnNames.Features;

    /// <summary>Column of labels: a key, a boolean, a float or a vector of class probabilities. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>
    /// Concentration of Beta(alpha, alpha). At least 0: with 0 nothing is mixed and rows stay as they are; 1 makes lambda uniform; large values
    /// make every row the mean of two. 0.2 to 0.4 is usual. Default: 0.2.
    /// </summary>
    public double Alpha { get; init; } = 0.2;

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

    internal override string Name => "Mixup";

    internal override bool SoftensLabels => LabelMode == LabelMode.Soft;

    internal override string? WhyNotInTrainer => LabelMode == LabelMode.Soft
        ? null
        : "its LabelMode is WeightedPairs, which is for trainers that cannot take soft labels: take LabelMode.Soft.";

    /// <summary>Whether no row is ever changed.</summary>
    internal bool IsIdentity => Alpha == 0 || Probability == 0;

    /// <summary>The weight column that is read, where there is one, and written; null for none.</summary>
    internal string? EffectiveWeightColumnName => WeightColumnName ?? (LabelMode == LabelMode.WeightedPairs ? DefaultWeightColumnName : null);

    internal override void Validate(IExceptionContext context)
    {
        context.CheckName(FeatureColumnName, nameof(FeatureColumnName));
        context.CheckName(LabelColumnName, nameof(LabelColumnName));
        context.CheckAtLeast(Alpha, nameof(Alpha), 0);
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
        context.CheckDefined(LabelMode, nameof(LabelMode));
        if (WeightColumnName is not null)
            context.CheckName(WeightColumnName, nameof(WeightColumnName));
        if (WeightColumnName == LabelColumnName || WeightColumnName == FeatureColumnName || FeatureColumnName == LabelColumnName)
        {
            throw context.ExceptUserArg(
                nameof(MixupOptions),
                $"Features ('{FeatureColumnName}'), label ('{LabelColumnName}') and weight ('{WeightColumnName}') must be different columns.");
        }
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        var features = Find(FeatureColumnName, "feature");
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || features.ItemType != NumberDataViewType.Single || features.IsKey)
            throw Mismatch("feature", features, "Vector<Single> of known size");

        var label = Find(LabelColumnName, "label");
        var mixedLabel = MixableLabel.MixedShape(label) ?? throw Mismatch("label", label, MixableLabel.Expected);

        var columns = input.ToDictionary(column => column.Name);
        if (LabelMode == LabelMode.Soft && !IsIdentity)
            columns[LabelColumnName] = mixedLabel;
        if (EffectiveWeightColumnName is { } weightName)
        {
            if (input.TryFindColumn(weightName, out var weight))
            {
                if (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.ItemType != NumberDataViewType.Single || weight.IsKey)
                    throw Mismatch("weight", weight, "Single");
            }
            else if (LabelMode == LabelMode.WeightedPairs)
            {
                columns[weightName] = new SchemaShape.Column(weightName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
            }
            else
            {
                throw context.ExceptSchemaMismatch(nameof(WeightColumnName), "weight", weightName);
            }
        }

        return new SchemaShape(columns.Values);

        SchemaShape.Column Find(string name, string role) =>
            input.TryFindColumn(name, out var column) ? column : throw context.ExceptSchemaMismatch(nameof(input), role, name);

        Exception Mismatch(string role, SchemaShape.Column column, string expected) =>
            context.ExceptSchemaMismatch(nameof(input), role, column.Name, expected, column.GetTypeString());
    }

    internal override IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed) =>
        IsIdentity && LabelMode == LabelMode.Soft ? source : new MixupView(env, source, this, seed);
}
