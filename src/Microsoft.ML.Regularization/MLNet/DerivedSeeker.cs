using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A row of a derived view that can be moved to any place, made of the source's row at that place.</summary>
internal abstract class DerivedSeeker(SeekableRow input) : RowSeeker
{
    public sealed override long Position => Input.Position;

    public sealed override long Batch => Input.Batch;

    /// <summary>The source's row.</summary>
    protected DataViewRow Input => input.Row;

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public sealed override bool MoveTo(long rowIndex)
    {
        if (!input.MoveTo(rowIndex))
            return false;
        Arrive();
        return true;
    }

    /// <summary>Is called when the source's row has moved.</summary>
    protected virtual void Arrive()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
