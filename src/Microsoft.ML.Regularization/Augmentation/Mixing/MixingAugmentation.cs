using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Mixes rows with partners, on the columns of a view: see <see cref="MixingOptions"/>.</summary>
internal sealed class MixingAugmentation : RowAugmentation
{
    private readonly MixingOptions _options;
    private readonly MixableLabel? _label;
    private readonly Func<FeatureMixer> _createMixer;

    public MixingAugmentation(IHostEnvironment env, IDataView source, MixingOptions options)
    {
        _options = options;
        var features = env.RequireFeatures(source.Schema, options.FeatureColumnName, "feature").Column;
        _createMixer = options.CreateMixers(env, source, features);

        var outputs = new List<DataViewSchema.DetachedColumn> { new(features) };
        var read = new List<string> { features.Name };
        if (options.MixesLabels)
        {
            var label = env.Require(source.Schema, options.LabelColumnName, "label");
            _label = MixableLabel.Create(env, label);
            read.Add(label.Name);
            outputs.Add(options.LabelMode == LabelMode.Soft
                ? new DataViewSchema.DetachedColumn(label.Name, _label.MixedType, _label.MixedAnnotations)
                : new DataViewSchema.DetachedColumn(label));
        }

        if (options.EffectiveWeightColumnName is { } weightName)
        {
            var weight = source.Schema.GetColumnOrNull(weightName);
            outputs.Add(weight is { } known
                ? new DataViewSchema.DetachedColumn(known)
                : new DataViewSchema.DetachedColumn(weightName, NumberDataViewType.Single));
            if (weight is not null)
                read.Add(weightName);
        }

        Outputs = outputs;
        Deciding = read;
    }

    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    public override IReadOnlyList<string> Deciding { get; }

    public override IReadOnlyList<string> PartnerColumns => Deciding;

    public override bool WritesPairs => _options.WritesPairs;

    public override RowAugmenter Bind(AugmentedRow row) => new MixingAugmenter(_options, _label, _createMixer(), row);
}
