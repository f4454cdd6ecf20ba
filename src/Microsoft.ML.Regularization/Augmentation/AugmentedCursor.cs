using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Walks the source's rows and changes each; where there are copies or pairs, a row of the source appears more than once.</summary>
internal sealed class AugmentedCursor : DerivedCursor
{
    private readonly AugmentedView _view;
    private readonly HashSet<int> _active;
    private readonly RandomKey _pass;
    private readonly PartnerRows? _partners;
    private readonly RowAugmenter _augmenter;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly HeldOutMark _mark;
    private readonly int _copies;
    private DataViewRowId _sourceId;
    private DataViewRowId _rowId;
    private int _copiesDue;

    public AugmentedCursor(
        AugmentedView view, DataViewRowCursor input, RowAugmenter augmenter, PartnerRows? partners, List<DataViewSchema.Column> columns, RandomKey pass)
        : base(view.Environment, input)
    {
        _view = view;
        _active = [.. columns.Select(column => column.Index)];
        _pass = pass;
        _partners = partners;
        _augmenter = augmenter;
        _id = input.GetIdGetter();
        _mark = new HeldOutMark(input);
        _copies = view.Augmentation.Copies;
    }

    public override DataViewSchema Schema => _view.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _rowId;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _view.Environment.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
        if (_view.OutputOf(column) is not { } output)
            return Source.GetGetter<TValue>(Source.Schema[column.Index]);
        return _augmenter.GetGetter<TValue>(output) ?? throw _view.Environment.Except($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}.");
    }

    protected override bool Advance()
    {
        if (_augmenter.IsPair && !_augmenter.IsOnSecondOfPair)
        {
            _rowId = RepeatedId(1);
            _augmenter.IsOnSecondOfPair = true;
            return true;
        }

        _augmenter.IsOnSecondOfPair = false;
        if (_copiesDue > 0)
        {
            _rowId = RepeatedId((ulong)(_copies - _copiesDue + 1));
            _copiesDue--;
            Draw();
            return true;
        }

        if (!Source.MoveNext())
            return false;

        _id(ref _sourceId);
        _rowId = _sourceId;
        var isHeldOut = _mark.Read();
        _copiesDue = isHeldOut ? 0 : _copies;
        if (isHeldOut || _copies > 0)
            _augmenter.Rest();
        else
            Draw();
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _partners?.Dispose();
        base.Dispose(disposing);
    }

    // The view's own key takes part, so that a row which several augmentations repeat one behind another has as many ids as it stands there.
    private DataViewRowId RepeatedId(ulong repetition) => _sourceId.Combine(new DataViewRowId(repetition, _view.IdKey));

    private void Draw()
    {
        var random = new KeyedStream(_pass, _rowId);
        _augmenter.Draw(ref random);
    }
}
