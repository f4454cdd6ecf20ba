using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// An augmentation of a column of images. It always returns a new image, even if nothing is changed: the reader of an ML.NET image disposes it, or hands it
/// back to be disposed when the next one is read, and the source's image may belong to other code.
/// </summary>
internal sealed class MLImageAugmentation(DataViewSchema.Column column, double probability, Func<MLImageChange> createChange) : RowAugmentation
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = [new(column)];

    public override RowAugmenter Bind(AugmentedRow row) => new Augmenter(row.Row, column, probability, createChange());

    private sealed class Augmenter(DataViewRow row, DataViewSchema.Column column, double probability, MLImageChange change)
        : ChanceAugmenter(probability)
    {
        public override ValueGetter<TOutput>? GetGetter<TOutput>(string output)
        {
            if (typeof(TOutput) != typeof(MLImage))
                return null;

            var own = row.GetGetter<MLImage?>(row.Schema[column.Index]);
            MLImage? source = null;
            ValueGetter<MLImage?> getter = (ref MLImage? value) =>
            {
                value?.Dispose();
                value = null;

                // An image transform before this one disposes the image that it gave before; one in somebody's list lives on.
                own(ref source);
                if (source is null)
                    return;

                var random = Random;
                value = Changes ? change.Apply(source, ref random) : MLImageChange.Copy(source);
            };
            return (ValueGetter<TOutput>)(Delegate)getter;
        }
    }
}
