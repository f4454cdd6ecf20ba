using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A cursor over rows that are made of another cursor's, of which each may give several or none. It disposes of that cursor.</summary>
internal abstract class DerivedCursor(IChannelProvider provider, DataViewRowCursor input) : LinkedRootCursorBase(provider, input)
{
    public override long Batch => Source.Batch;

    /// <summary>The cursor over the source.</summary>
    protected DataViewRowCursor Source => Input;

    protected sealed override bool MoveNextCore() => Advance();

    /// <summary>Moves to the next row; false where there is none.</summary>
    protected abstract bool Advance();

    protected override void Dispose(bool disposing) => base.Dispose(disposing);
}
