using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Changes the row that it is moved to, as a cursor of the same pass would.</summary>
internal sealed class AugmentedSeeker(
    AugmentedView view, SeekableRow input, RowAugmenter augmenter, PartnerRows? partners, IReadOnlyList<DataViewSchema.Column> columns, RandomKey pass)
    : DerivedSeeker(input)
{
    private readonly HashSet<int> _active = [.. columns.Select(column => column.Index)];
    private readonly ValueGetter<DataViewRowId> _id = input.Row.GetIdGetter();
    private readonly HeldOutMark _mark = new(input.Row);

    public override DataViewSchema Schema => view.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
        if (view.OutputOf(column) is not { } output)
            return Input.GetGetter<TValue>(Input.Schema[column.Index]);
        return augmenter.GetGetter<TValue>(output)
            ?? throw Contracts.Except($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}.");
    }

    protected override void Arrive()
    {
        if (_mark.Read())
        {
            augmenter.Rest();
            return;
        }

        DataViewRowId id = default;
        _id(ref id);
        var random = new KeyedStream(pass, id);
        augmenter.Draw(ref random);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            partners?.Dispose();
        base.Dispose(disposing);
    }
}
