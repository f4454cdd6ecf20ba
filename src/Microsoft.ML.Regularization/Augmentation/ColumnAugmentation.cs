using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Changes a value.</summary>
/// <param name="source">The value as it is; it belongs to the caller and must stay as it is.</param>
/// <param name="result">Receives the changed value, in its memory where it has enough.</param>
/// <param name="random">The row's own numbers.</param>
internal delegate void ValueChange<TValue>(in TValue source, ref TValue result, ref KeyedStream random);

/// <summary>An augmentation that changes the values of one column, each by itself, and keeps the column's type.</summary>
/// <param name="column">The column in the source.</param>
/// <param name="probability">The probability that a value is changed at all.</param>
/// <param name="createChange">Makes the change for one cursor, with whatever memory it works in.</param>
/// <param name="copies">See <see cref="RowAugmentation.Copies"/>.</param>
/// <param name="isRandom">See <see cref="RowAugmentation.IsRandom"/>.</param>
/// <param name="computesAll">See <see cref="RowAugmentation.ComputesAll"/>.</param>
internal sealed class ColumnAugmentation<TValue>(
    DataViewSchema.Column column, double probability, Func<ValueChange<TValue>> createChange, int copies = 0, bool isRandom = true, bool computesAll = false)
    : RowAugmentation
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = [new(column)];

    public override int Copies => copies;

    public override bool IsRandom => isRandom;

    public override bool ComputesAll => computesAll;

    public override RowAugmenter Bind(AugmentedRow row) => new Augmenter(row.Row, column, probability, createChange());

    private sealed class Augmenter(DataViewRow row, DataViewSchema.Column column, double probability, ValueChange<TValue> change)
        : ChanceAugmenter(probability)
    {
        public override ValueGetter<TOutput>? GetGetter<TOutput>(string output)
        {
            var own = row.GetGetter<TValue>(row.Schema[column.Index]);
            var lent = (row as BufferedRow)?.Lend<TValue>(row.Schema[column.Index]);
            TValue source = default!;
            ValueGetter<TValue> getter = (ref TValue value) =>
            {
                if (!Changes)
                {
                    own(ref value);
                    return;
                }

                var random = Random;
                if (lent is null)
                    own(ref source);
                change(lent is null ? ref source : ref lent.Value, ref value, ref random);
            };
            return getter as ValueGetter<TOutput>;
        }
    }
}
