using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Changes the rows of one cursor. Its getters give the row that was drawn last.</summary>
internal abstract class RowAugmenter
{
    /// <summary>Whether the row that was drawn last has become two.</summary>
    public virtual bool IsPair => false;

    /// <summary>Which of the two is read.</summary>
    public virtual bool IsOnSecondOfPair { get; set; }

    /// <summary>Decides how the source's current row is changed.</summary>
    /// <param name="random">The row's own numbers. Code that needs some later, when a value is read, must keep a copy.</param>
    public abstract void Draw(ref KeyedStream random);

    /// <summary>Leaves the source's current row unchanged, in the output columns' types.</summary>
    public abstract void Rest();

    /// <summary>The getter of an output column, valid for all rows to come.</summary>
    /// <returns>The getter; null where the output is of another type.</returns>
    public abstract ValueGetter<TValue>? GetGetter<TValue>(string output);
}
