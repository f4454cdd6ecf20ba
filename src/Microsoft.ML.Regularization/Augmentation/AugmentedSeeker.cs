using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Changes the row that it is moved to, as a cursor of the same pass would.</summary>
internal sealed class AugmentedSeeker(
    AugmentedView view, RowSeeker input, RowAugmenter augmenter, PartnerRows? partners, List<DataViewSchema.Column> columns, RandomKey pass) : RowSeeker
{
    private readonly HashSet<int> _active = [.. columns.Select(column => column.Index)];
    private readonly ValueGetter<DataViewRowId> _id = input.GetIdGetter();
    private readonly HeldOutMark _mark = new(input);

    public override DataViewSchema Schema => view.Schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveTo(long rowIndex)
    {
        if (!input.MoveTo(rowIndex))
            return false;

        if (_mark.Read())
        {
            augmenter.Rest();
            return true;
        }

        DataViewRowId id = default;
        _id(ref id);
        var random = new KeyedStream(pass, id);
        augmenter.Draw(ref random);
        return true;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
        if (view.OutputOf(column) is not { } output)
            return input.GetGetter<TValue>(input.Schema[column.Index]);
        return augmenter.GetGetter<TValue>(output)
            ?? throw Contracts.Except($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            partners?.Dispose();
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
