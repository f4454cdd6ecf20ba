using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Mixes rows with partners, on the columns of a view: see <see cref="MixingOptions"/>.</summary>
internal sealed class MixingAugmentation : RowAugmentation
{
    private readonly MixingOptions _options;
    private readonly MixableLabel? _label;
    private readonly CategoryColumn[] _categories;
    private readonly Func<FeatureMixer> _createMixer;

    public MixingAugmentation(IHostEnvironment env, IDataView source, MixingOptions options)
    {
        _options = options;
        var outputs = new List<DataViewSchema.DetachedColumn>();
        var read = new List<string>();
        if (options.HasFeatures)
        {
            var features = env.RequireFeatures(source.Schema, options.EffectiveFeatureColumnName, "feature").Column;
            outputs.Add(new(features));
            read.Add(features.Name);
            _createMixer = options.CreateMixers(env, source, features);
        }
        else
        {
            _createMixer = options.CreateMixers(env, source, features: null);
        }

        if (options.MixesLabels)
        {
            var label = env.Require(source.Schema, options.EffectiveLabelColumnName, "label");
            _label = MixableLabel.Create(env, label);
            read.Add(label.Name);
            outputs.Add(options.LabelMode == LabelMode.Soft
                ? new DataViewSchema.DetachedColumn(label.Name, _label.MixedType, _label.MixedAnnotations)
                : new DataViewSchema.DetachedColumn(label));
        }

        if (options.EffectiveExampleWeightColumnName is { } weightName)
        {
            var weight = source.Schema.GetColumnOrNull(weightName);
            if (weight is not null)
                read.Add(weightName);
            if (options.WritesWeights)
            {
                outputs.Add(weight is { } known
                    ? new DataViewSchema.DetachedColumn(known)
                    : new DataViewSchema.DetachedColumn(weightName, NumberDataViewType.Single));
            }
        }

        _categories = CategoryColumn.Of(env, source.Schema, options.EffectiveCategoricalColumnNames);
        outputs.AddRange(_categories.Select(category => new DataViewSchema.DetachedColumn(category.Column)));
        Outputs = outputs;
        Deciding = read;
        PartnerColumns = [.. read, .. options.EffectiveCategoricalColumnNames];
    }

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    public override IReadOnlyList<string> Deciding { get; }

    public override IReadOnlyList<string> PartnerColumns { get; }

    public override bool WritesPairs => _options.WritesPairs;

    public override RowAugmenter Bind(AugmentedRow row) => new MixingAugmenter(_options, _label, _categories, _createMixer(), row);
}
