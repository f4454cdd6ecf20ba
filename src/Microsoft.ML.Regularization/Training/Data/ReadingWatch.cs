namespace Microsoft.ML.Regularization.Training;

/// <summary>Counts the rows that are read, which progress shows, and ends the reading when the fit is cancelled or its time is over.</summary>
internal sealed class ReadingWatch(FitWatch watch)
{
    private long _rows;

    /// <summary>Rows that the present pass has read so far. Progress asks on a thread of its own.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    public void BeginPass() => Interlocked.Exchange(ref _rows, 0);

    /// <exception cref="OperationCanceledException">Training was cancelled, or its time is over.</exception>
    public void Observe()
    {
        watch.ThrowIfInterrupted();
        Volatile.Write(ref _rows, _rows + 1);
    }
}
