namespace Microsoft.ML.Regularization;

/// <summary>The batches of one pass over rows, one after another.</summary>
internal abstract class DataLoader : IDisposable
{
    /// <summary>Where the rows of the batch are.</summary>
    public abstract RowTable Table { get; }

    /// <summary>Which rows of the table the batch has, in its order.</summary>
    public abstract ReadOnlySpan<int> Rows { get; }

    /// <exception cref="OperationCanceledException">The rows are read meanwhile, and that was cancelled.</exception>
    public abstract bool MoveNext();

    /// <summary>Passes over batches that have been trained on before; false where there are not as many.</summary>
    public bool Skip(long batches)
    {
        for (; batches > 0; batches--)
        {
            if (!MoveNext())
                return false;
        }

        return true;
    }

    public abstract void Dispose();
}
