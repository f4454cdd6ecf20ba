using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Reads whether a cursor's current row is held out for validation.</summary>
internal sealed class HeldOutMark
{
    /// <summary>The column that marks rows.</summary>
    public const string ColumnName = "HeldOutForValidation";

    private readonly ValueGetter<bool>? _getter;

    public HeldOutMark(DataViewRow row) => _getter = Find(row.Schema) is { } mark ? row.GetGetter<bool>(mark) : null;

    /// <summary>The column of marks; null where no rows are held out.</summary>
    public static DataViewSchema.Column? Find(DataViewSchema schema) =>
        schema.GetColumnOrNull(ColumnName) is { Type: BooleanDataViewType } mark ? mark : null;

    public bool Read()
    {
        var isHeldOut = false;
        _getter?.Invoke(ref isHeldOut);
        return isHeldOut;
    }
}
