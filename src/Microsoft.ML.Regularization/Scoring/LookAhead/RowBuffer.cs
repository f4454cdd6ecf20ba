using System.Runtime.ExceptionServices;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// What is read of rows ahead of who asks for them, row by row. A row that cannot be read is an error for who asks for that row, and for nobody before.
/// For one thread.
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

    /// <summary>Reads what the source stands on.</summary>
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

    /// <summary>Begins anew; memory is kept.</summary>
    public void Clear() => ErrorRow = null;

    protected abstract void Read(int row);

    protected void ThrowIfUnread()
    {
        if (Row == ErrorRow)
            _error!.Throw();
    }
}
