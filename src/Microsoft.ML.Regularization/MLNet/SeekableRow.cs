using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A row of a view that can be read at any place, as a cache can; it stands nowhere until it is moved.</summary>
internal sealed class SeekableRow : IDisposable
{
    private readonly RowSeeker _seeker;

    private SeekableRow(RowSeeker seeker) => _seeker = seeker;

    public DataViewRow Row => _seeker;

    /// <summary>A row that somebody else has opened; it is disposed of with this.</summary>
    public static SeekableRow Of(RowSeeker seeker) => new(seeker);

    /// <summary>Whether a view can be read at any place.</summary>
    public static bool IsIn(IDataView view) => view is IRowSeekable;

    /// <summary>Opens a row of a view; null where the view can be read in its order only.</summary>
    public static SeekableRow? Open(IDataView view, IEnumerable<DataViewSchema.Column> columns)
    {
        if (view is not IRowSeekable seekable)
            return null;
        var active = columns.Select(column => column.Index).ToHashSet();
        return new SeekableRow(seekable.GetSeeker(active.Contains));
    }

    /// <summary>Moves to a row by its number from 0; false where there are fewer.</summary>
    public bool MoveTo(long rowIndex) => _seeker.MoveTo(rowIndex);

    public void Dispose() => _seeker.Dispose();
}
