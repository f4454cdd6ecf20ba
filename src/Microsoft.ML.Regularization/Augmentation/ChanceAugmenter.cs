using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Changes each row by itself with a probability, when a value of it is read.</summary>
internal abstract class ChanceAugmenter(double probability) : RowAugmenter
{
    /// <summary>Whether the row that was drawn last is changed.</summary>
    protected bool Changes { get; private set; }

    /// <summary>The row's own numbers, for the change. Each reading works on a copy, so that all give the same.</summary>
    protected KeyedStream Random { get; private set; }

    public sealed override void Draw(ref KeyedStream random)
    {
        Changes = probability >= 1 || random.NextDouble() < probability;
        Random = random;
    }

    public sealed override void Rest() => Changes = false;
}
