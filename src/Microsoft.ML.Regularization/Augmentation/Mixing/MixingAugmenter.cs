using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Mixes the rows of one cursor with partners; as weighted pairs a mixed row appears twice.</summary>
internal sealed class MixingAugmenter : RowAugmenter
{
    // With a share f of rows of weight 0, a draw misses with probability f: this many misses in a row do not happen.
    private const int Attempts = 1000;

    private readonly MixingOptions _options;
    private readonly MixableLabel? _label;
    private readonly CategoryColumn[] _categories;
    private readonly CategoryDraw _drawn;
    private readonly FeatureMixer _mixer;
    private readonly AugmentedRow _row;
    private readonly PartnerRows _partners;
    private readonly MixSide _own;
    private readonly MixSide _partner;
    private double _lambda;
    private bool _isMixed;

    public MixingAugmenter(MixingOptions options, MixableLabel? label, CategoryColumn[] categories, FeatureMixer mixer, AugmentedRow row)
    {
        _options = options;
        _label = label;
        _categories = categories;
        int[] mixed = [.. categories.Where(column => options.Mixes(column.Name)).SelectMany(column => Enumerable.Range(column.Start, column.Slots))];
        _drawn = new CategoryDraw(mixed, categories.Sum(column => column.Slots));
        _mixer = mixer;
        _row = row;
        _partners = row.Partners!;
        _own = new MixSide(options, label, row.Row);
        _partner = new MixSide(options, label, _partners.Row);
    }

    public override bool IsPair => _isMixed && _options.WritesPairs;

    public override void Draw(ref KeyedStream random)
    {
        Rest();
        if (!_row.MixesRows || _options.NeverMixes || (_options.Probability < 1 && random.NextDouble() >= _options.Probability))
            return;

        // A row of weight 0 has no part in training, and must not come by one in a mixture.
        if (!(_own.ReadWeight() > 0))
            return;

        _lambda = _mixer.Draw(ref random, _drawn);

        // An unmixed row consumes a partner too, so that the partners of later rows do not depend on this draw.
        if (!TryFindPartner(ref random) || _lambda >= 1 || !_partner.TryRead())
            return;

        _lambda = _mixer.Meet(_partner.Features, _lambda);
        _isMixed = _lambda < 1;
    }

    public override void Rest() => _isMixed = false;

    public override ValueGetter<TValue>? GetGetter<TValue>(string output)
    {
        if (Array.Find(_categories, column => column.Name == output) is { } category)
            return category.GetGetter<TValue>(_row.Row, _partners.Row, number => _isMixed && _drawn.IsPartners(number));

        Delegate getter = output == _options.EffectiveFeatureColumnName ? (ValueGetter<VBuffer<float>>)GetFeatures
            : output == _options.EffectiveLabelColumnName ? LabelGetter<TValue>()
            : (ValueGetter<float>)GetWeight;
        return getter as ValueGetter<TValue>;
    }

    private bool TryFindPartner(ref KeyedStream random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!_partners.TryMove(ref random))
                return false;
            if (_partner.ReadWeight() != 0)
                return true;
        }

        return false;
    }

    private void GetFeatures(ref VBuffer<float> features)
    {
        _own.ReadFeatures(ref features);
        if (_isMixed)
            _mixer.Mix(ref features, _partner.Features);
    }

    private Delegate LabelGetter<TValue>()
    {
        if (_options.LabelMode == LabelMode.Soft)
            return _label!.MixedType is VectorDataViewType ? (ValueGetter<VBuffer<float>>)GetSoftLabel : (ValueGetter<float>)GetTarget;

        var own = _row.GetGetter<TValue>(_options.EffectiveLabelColumnName);
        var partner = _partners.Row.GetGetter<TValue>(_partners.Row.Schema[_options.EffectiveLabelColumnName]);
        return (ValueGetter<TValue>)((ref TValue label) => (IsOnSecondOfPair ? partner : own)(ref label));
    }

    private void GetSoftLabel(ref VBuffer<float> label)
    {
        var editor = VBufferEditor.Create(ref label, _label!.Size);
        MixLabel(editor.Values);
        label = editor.Commit();
    }

    private void GetTarget(ref float target) => MixLabel(new Span<float>(ref target));

    private void MixLabel(Span<float> mixed)
    {
        _own.ReadLabel();
        if (_isMixed)
            TensorPrimitives.Lerp(_own.Label, _partner.Label, 1 - LabelLambda(), mixed);
        else
            _own.Label.CopyTo(mixed);
    }

    // Two weighted parents have the loss lambda w_i l_i + (1 - lambda) w_j l_j: one row of the summed weight gives the same when its label
    // leans to each parent by that parent's share of it.
    private float LabelLambda()
    {
        var (own, partner) = ParentWeights();
        return own + partner > 0 ? own / (own + partner) : (float)_lambda;
    }

    private void GetWeight(ref float weight)
    {
        var (own, partner) = ParentWeights();
        weight = !_options.WritesPairs ? own + partner : IsOnSecondOfPair ? partner : own;
    }

    private (float Own, float Partner) ParentWeights() =>
        _isMixed
            ? ((float)_lambda * _own.ReadWeight(), (float)(1 - _lambda) * _partner.ReadWeight())
            : (_own.ReadWeight(), 0);
}
