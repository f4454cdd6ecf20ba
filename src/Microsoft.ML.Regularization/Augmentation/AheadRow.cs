using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Room for a row that is augmented before it is asked for.</summary>
internal sealed class AheadRow : IDisposable
{
    private readonly BufferedRow _source;
    private readonly SeekableRow _augmented;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly Dictionary<int, BufferedColumn> _columns;
    private ExceptionDispatchInfo? _error;
    private DataViewRowId _id;

    /// <param name="source">Holds the row as it was.</param>
    /// <param name="augmented">Makes the augmented row of it; disposed of with this.</param>
    /// <param name="columns">The columns to compute.</param>
    public AheadRow(BufferedRow source, SeekableRow augmented, IEnumerable<DataViewSchema.Column> columns)
    {
        (_source, _augmented) = (source, augmented);
        _idGetter = augmented.Row.GetIdGetter();
        _columns = BufferedColumn.Of(augmented.Row, columns);
    }

    public DataViewRowId Id => _id;

    public long Batch => _source.Batch;

    /// <summary>Takes over the row that the source's cursor stands on.</summary>
    public void Read() => _source.Read();

    /// <summary>Augments it. What goes wrong is an error only for who asks for the row.</summary>
    public void Augment()
    {
        _error = null;
        try
        {
            _augmented.MoveTo(_source.Position);
            _idGetter(ref _id);
        }
        catch (Exception exception)
        {
            _error = ExceptionDispatchInfo.Capture(exception);
            return;
        }

        foreach (var column in _columns.Values)
            column.ReadOne();
    }

    public void ThrowIfFailed() => _error?.Throw();

    public bool Has(DataViewSchema.Column column) => _columns.ContainsKey(column.Index);

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => BufferedColumn.GetterOf<TValue>(_columns, column);

    public void Dispose() => _augmented.Dispose();
}
