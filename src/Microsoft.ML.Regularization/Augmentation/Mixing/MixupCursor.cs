using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Walks the source's rows and mixes each with its partner; in weighted pairs a mixed row stands here twice.</summary>
internal sealed class MixupCursor : LinkedRootCursorBase
{
    private readonly MixupView _view;
    private readonly HashSet<int> _active;
    private readonly RandomKey _pass;
    private readonly PartnerRows _partners;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly ValueGetter<bool> _isHeldOut;
    private readonly MixSide _own;
    private readonly MixSide _partner;

    private DataViewRowId _rowId;
    private double _lambda = 1;
    private bool _onSecondOfPair;
    private bool _secondOfPairIsDue;

    public MixupCursor(MixupView view, DataViewRowCursor input, PartnerRows partners, List<DataViewSchema.Column> columns, RandomKey pass)
        : base(view.Environment, input)
    {
        _view = view;
        _active = [.. columns.Select(column => column.Index)];
        _pass = pass;
        _partners = partners;
        _id = input.GetIdGetter();
        _isHeldOut = PartnerRows.HeldOutGetter(input);
        _own = new MixSide(view, input);
        _partner = new MixSide(view, _partners.Row);
    }

    public override DataViewSchema Schema => _view.Schema;

    public override long Batch => Input.Batch;

    private bool IsMixed => _lambda < 1;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId id) => id = _onSecondOfPair ? _rowId.Fork() : _rowId;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Ch.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
        Delegate getter = _view.RoleOf(column) switch
        {
            MixedRole.Features => (ValueGetter<VBuffer<float>>)GetFeatures,
            MixedRole.Label => LabelGetter<TValue>(),
            MixedRole.Weight => (ValueGetter<float>)GetWeight,
            _ => Input.GetGetter<TValue>(Input.Schema[column.Index]),
        };
        return getter as ValueGetter<TValue> ?? throw Ch.Except($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}.");
    }

    protected override bool MoveNextCore()
    {
        if (_secondOfPairIsDue)
        {
            _secondOfPairIsDue = false;
            _onSecondOfPair = true;
            return true;
        }

        if (!Input.MoveNext())
            return false;

        _onSecondOfPair = false;
        _id(ref _rowId);
        _lambda = DrawLambda();
        _secondOfPairIsDue = IsMixed && _view.Options.LabelMode == LabelMode.WeightedPairs;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _partners.Dispose();
        base.Dispose(disposing);
    }

    private double DrawLambda()
    {
        var isHeldOut = false;
        _isHeldOut(ref isHeldOut);
        if (isHeldOut || _view.Options.IsIdentity)
            return 1;

        var random = new KeyedStream(_pass, _rowId);
        if (random.NextDouble() >= _view.Options.Probability)
            return 1;

        var lambda = BetaDistribution.SampleSymmetric(ref random, _view.Options.Alpha);
        return lambda < 1 && _partners.TryMove(ref random) && _partner.TryRead() ? lambda : 1;
    }

    private void GetFeatures(ref VBuffer<float> features)
    {
        if (!IsMixed)
        {
            _own.ReadFeatures(ref features);
            return;
        }

        _own.ReadFeatures();
        VectorMixing.Mix(_own.Features, _partner.Features, (float)_lambda, ref features);
    }

    private Delegate LabelGetter<TValue>()
    {
        if (_view.Options.LabelMode == LabelMode.Soft)
            return _view.Label.MixedType is VectorDataViewType ? (ValueGetter<VBuffer<float>>)GetSoftLabel : (ValueGetter<float>)GetTarget;

        var own = Input.GetGetter<TValue>(Input.Schema[_view.Options.LabelColumnName]);
        var partner = _partners.Row.GetGetter<TValue>(_partners.Row.Schema[_view.Options.LabelColumnName]);
        return (ValueGetter<TValue>)((ref TValue label) => (_onSecondOfPair ? partner : own)(ref label));
    }

    private void GetSoftLabel(ref VBuffer<float> label)
    {
        var editor = VBufferEditor.Create(ref label, _view.Label.Size);
        MixLabel(editor.Values);
        label = editor.Commit();
    }

    private void GetTarget(ref float target) => MixLabel(new Span<float>(ref target));

    private void MixLabel(Span<float> mixed)
    {
        _own.ReadLabel();
        if (IsMixed)
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
        weight = _view.Options.LabelMode == LabelMode.Soft ? own + partner : _onSecondOfPair ? partner : own;
    }

    private (float Own, float Partner) ParentWeights() =>
        IsMixed
            ? ((float)_lambda * _own.ReadWeight(), (float)(1 - _lambda) * _partner.ReadWeight())
            : (_own.ReadWeight(), 0);
}
