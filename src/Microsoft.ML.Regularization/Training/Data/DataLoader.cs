namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// One pass over the rows of a <see cref="Dataset"/>, batch by batch. A batch is a choice of rows of a table; the <see cref="Collator"/> makes tensors of it.
/// </summary>
internal abstract class DataLoader : IDisposable
{
    /// <summary>The table that holds the present batch's rows, valid until the next batch is asked for.</summary>
    public abstract RowTable Table { get; }

    /// <summary>Which rows of the table make up the present batch, in order.</summary>
    public abstract ReadOnlySpan<int> Rows { get; }

    /// <summary>Moves to the next batch; false if there are no more.</summary>
    /// <exception cref="OperationCanceledException">The rows are read meanwhile, and the fit is to end.</exception>
    public abstract bool MoveNext();

    /// <summary>Leaves out the next batches, which a run before this one has trained on; false where there are fewer.</summary>
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
