using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A cursor's rows as a mapping of its row has them. It disposes of both.</summary>
/// <param name="provider">For messages.</param>
/// <param name="input">The cursor.</param>
/// <param name="mapped">The row that is made of the cursor's.</param>
internal sealed class MappedCursor(IChannelProvider provider, DataViewRowCursor input, DataViewRow mapped) : SynchronizedCursorBase(provider, input)
{
    public override DataViewSchema Schema => mapped.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => mapped.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Ch.CheckParam(IsColumnActive(column), nameof(column), "The column is not active.");
        return mapped.GetGetter<TValue>(column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            mapped.Dispose();
        base.Dispose(disposing);
    }
}
