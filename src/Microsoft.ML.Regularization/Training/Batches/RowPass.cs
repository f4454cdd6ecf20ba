namespace Microsoft.ML.Regularization;

/// <summary>One pass over those rows of a view that are asked for.</summary>
/// <param name="reader">Reads all rows; disposed of with the pass.</param>
/// <param name="takes">Whether a row is asked for; null for all.</param>
/// <param name="watch">Watches the reading.</param>
internal sealed class RowPass(RowReader reader, Func<RowReader, bool>? takes, ReadingWatch watch) : IDisposable
{
    public RowReader Row => reader;

    public bool MoveNext()
    {
        while (reader.MoveNext())
        {
            watch.Observe();
            if (takes is null || takes(reader))
                return true;
        }

        return false;
    }

    public void Dispose() => reader.Dispose();
}
