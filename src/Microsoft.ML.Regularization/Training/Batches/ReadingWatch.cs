using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Counts the rows that are read, for progress, and looks at cancellation with each.</summary>
internal sealed class ReadingWatch(IHost host, CancellationToken cancellationToken)
{
    private long _rows;

    /// <summary>Rows of this pass so far; progress reads it on a thread of its own.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    public void BeginPass() => Interlocked.Exchange(ref _rows, 0);

    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public void Observe()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (host is ICancelable { IsCanceled: true })
            throw new OperationCanceledException("Training was cancelled while its rows were read.");
        Volatile.Write(ref _rows, _rows + 1);
    }
}
