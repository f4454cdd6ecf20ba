using System.Runtime.ExceptionServices;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// Buffers rows that are read ahead of the consumer. A row that cannot be read is an error only when the consumer reaches that row. For one thread.
/// </summary>
internal abstract class RowBuffer
{
    private ExceptionDispatchInfo? _error;

    /// <summary>The row to give out.</summary>
    public int Row { get; set; }

    /// <summary>The row that could not be read; none but the last one can be. Null where all could.</summary>
    protected int? ErrorRow { get; private set; }

    /// <summary>Makes room for as many rows.</summary>
    public abstract void Reserve(int rows);

    /// <summary>Reads the source's current row.</summary>
    /// <param name="row">Where to.</param>
    /// <returns>False for an error.</returns>
    public bool TryRead(int row)
    {
        try
        {
            Read(row);
            return true;
        }
        catch (Exception exception)
        {
            _error = ExceptionDispatchInfo.Capture(exception);
            ErrorRow = row;
            return false;
        }
    }

    /// <summary>Empties the buffer and keeps its memory.</summary>
    public void Clear() => ErrorRow = null;

    protected abstract void Read(int row);

    protected void ThrowIfUnread()
    {
        if (Row == ErrorRow)
            _error!.Throw();
    }
}
