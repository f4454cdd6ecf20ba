using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Loads rows into memory if they fit and the options allow it; otherwise they are read again in every epoch.</summary>
internal static class StorageChoice
{
    /// <param name="channel">Receives a message about the choice.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="split">Splits the rows.</param>
    /// <param name="checks">Checks to run on the rows.</param>
    /// <param name="watch">Watches all reading.</param>
    /// <param name="caching">The requested mode.</param>
    /// <param name="view">The rows.</param>
    public static RowStorage Load(
        IChannel channel, TrainingColumns columns, ValidationSplit split, FirstPassChecks checks, ReadingWatch watch, RowCaching caching, TrainingView view)
    {
        if (caching.Mode != DataCaching.None)
        {
            var memory = new MemoryStorage(channel, columns, split, checks, watch, caching);
            if (memory.TryLoad(view))
                return memory;
        }

        var streamed = new StreamedStorage(channel, columns, split, checks, watch, caching);
        streamed.TryLoad(view);
        return streamed;
    }
}
