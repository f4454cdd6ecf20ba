using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The values that a mixture takes from one of its two rows.</summary>
internal sealed class MixSide
{
    private readonly string _featureName;
    private readonly int _featureCount;
    private readonly ValueGetter<VBuffer<float>>? _features;
    private readonly LabelReader? _label;
    private readonly ValueGetter<float>? _weight;
    private readonly float[] _labelValues;
    private VBuffer<float> _featureValues;

    public MixSide(MixingOptions options, MixableLabel? label, DataViewRow row)
    {
        _featureName = options.EffectiveFeatureColumnName;
        if (options.HasFeatures)
        {
            _featureCount = ((VectorDataViewType)row.Schema[_featureName].Type).Size;
            _features = row.GetGetter<VBuffer<float>>(row.Schema[_featureName]);
        }

        _label = label?.Bind(row);
        _labelValues = new float[label?.Size ?? 0];
        _weight = options.EffectiveExampleWeightColumnName is { } name && row.Schema.GetColumnOrNull(name) is { } weight
            ? row.GetGetter<float>(weight)
            : null;
    }

    public ref readonly VBuffer<float> Features => ref _featureValues;

    public ReadOnlySpan<float> Label => _labelValues;

    public void ReadFeatures(ref VBuffer<float> features)
    {
        _features?.Invoke(ref features);
        if (features.Length != _featureCount)
            throw Contracts.Except($"Column '{_featureName}': a row has {features.Length} features instead of {_featureCount}.");
    }

    public void ReadLabel() => _label?.Invoke(_labelValues);

    public float ReadWeight()
    {
        var weight = 1f;
        _weight?.Invoke(ref weight);
        return weight;
    }

    /// <summary>Reads features and label; false where label or weight would spoil a mixture.</summary>
    public bool TryRead()
    {
        ReadFeatures(ref _featureValues);
        ReadLabel();
        return VectorMixing.IsFinite(_labelValues) && ReadWeight() is > 0 and < float.PositiveInfinity;
    }
}
