using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Changes nothing: what an augmentation whose options say so is among others.</summary>
internal sealed class Unchanged : RowAugmentation
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs => [];

    public override bool IsRandom => false;

    public override RowAugmenter Bind(AugmentedRow row) => new Augmenter();

    private sealed class Augmenter : RowAugmenter
    {
        public override void Draw(ref KeyedStream random)
        {
        }

        public override void Rest()
        {
        }

        public override ValueGetter<TValue>? GetGetter<TValue>(string output) => null;
    }
}
