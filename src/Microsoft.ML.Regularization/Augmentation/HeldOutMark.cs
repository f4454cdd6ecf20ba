namespace Microsoft.ML.Regularization;

/// <summary>Reads whether the row that a cursor stands on is held out for validation.</summary>
internal sealed class HeldOutMark
{
    private readonly ValueGetter<bool>? _getter;

    public HeldOutMark(DataViewRow row) => _getter = HoldOutOptions.FindMark(row.Schema) is { } mark ? row.GetGetter<bool>(mark) : null;

    public bool Read()
    {
        var isHeldOut = false;
        _getter?.Invoke(ref isHeldOut);
        return isHeldOut;
    }
}
