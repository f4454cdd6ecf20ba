namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Values that copies can be made of by assignment.</summary>
internal class BufferedValues<TValue> : BufferedColumn
{
    private readonly ValueGetter<TValue> _source;
    private TValue[] _values = [];

    public BufferedValues(DataViewRow source, DataViewSchema.Column column)
    {
        _source = source.GetGetter<TValue>(column);
        Getter = (ValueGetter<TValue>)Get;
    }

    public override Delegate Getter { get; }

    /// <summary>The value of <see cref="RowBuffer.Row"/>, for who does not keep it beyond that row.</summary>
    public ref readonly TValue Value
    {
        get
        {
            ThrowIfUnread();
            return ref _values[Row];
        }
    }

    public override void Reserve(int rows) => Array.Resize(ref _values, rows);

    protected override void Read(int row) => _source(ref _values[row]);

    protected virtual void Copy(in TValue source, ref TValue destination) => destination = source;

    private void Get(ref TValue value) => Copy(in Value, ref value);
}
