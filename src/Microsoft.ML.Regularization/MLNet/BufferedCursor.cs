using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A cursor over rows that it keeps itself.</summary>
internal abstract class BufferedCursor(IChannelProvider provider) : RootCursorBase(provider)
{
    /// <summary>For messages.</summary>
    protected IChannel Channel => Ch;

    /// <summary>False before the first row and behind the last one.</summary>
    protected bool IsOnRow => IsGood;

    protected sealed override bool MoveNextCore() => Advance();

    /// <summary>Moves to the next row; false where there is none.</summary>
    protected abstract bool Advance();

    protected override void Dispose(bool disposing) => base.Dispose(disposing);
}
