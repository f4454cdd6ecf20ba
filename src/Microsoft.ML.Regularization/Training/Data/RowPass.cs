namespace Microsoft.ML.Regularization;

/// <summary>One pass over those rows of a view that are asked for.</summary>
internal sealed class RowPass : IDisposable
{
    private readonly Func<RowReader, bool>? _takes;

    /// <param name="reader">Reads all rows; disposed of with the pass.</param>
    /// <param name="takes">Whether a row is asked for; null for all.</param>
    /// <param name="watch">Watches the reading.</param>
    public RowPass(RowReader reader, Func<RowReader, bool>? takes, ReadingWatch watch)
    {
        (Row, _takes) = (reader, takes);
        reader.Observer = watch.Observe;
    }

    public RowReader Row { get; }

    public bool MoveNext()
    {
        while (Row.MoveNext())
        {
            if (_takes is null || _takes(Row))
                return true;
        }

        return false;
    }

    public void Dispose() => Row.Dispose();
}
