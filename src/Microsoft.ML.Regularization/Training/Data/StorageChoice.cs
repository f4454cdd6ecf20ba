using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Loads rows into memory where they fit and nothing else is asked for; else they are read anew in every epoch.</summary>
internal static class StorageChoice
{
    /// <param name="channel">Is told what was chosen.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="split">What splits the rows.</param>
    /// <param name="checks">What is asked of the rows.</param>
    /// <param name="watch">Watches all reading.</param>
    /// <param name="caching">What is asked for.</param>
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
