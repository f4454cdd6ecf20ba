using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A derived view that can be read at any place because its source can.</summary>
internal interface ISeekableView : IRowSeekable
{
    /// <summary>Opens a row of which some columns are read.</summary>
    DerivedSeeker Seek(IReadOnlyList<DataViewSchema.Column> columns);

    RowSeeker IRowSeekable.GetSeeker(Func<int, bool> predicate) => Seek([.. Schema.Where(column => predicate(column.Index))]);
}
