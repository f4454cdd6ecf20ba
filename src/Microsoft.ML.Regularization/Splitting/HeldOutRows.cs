using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>
/// Rows that are held out, told by their ids alone, whatever has become of their labels since: those whose draw is below the share, but for a few.
/// </summary>
/// <param name="Share">The share of rows that is held out.</param>
/// <param name="Exceptions">The rows for which it is the other way round: their number grows with the square root of that of all rows.</param>
internal sealed record HeldOutRows(double Share, HashSet<DataViewRowId> Exceptions)
{
    /// <param name="id">The row's id.</param>
    /// <param name="draw">Its draw.</param>
    public bool Contains(DataViewRowId id, double draw) => draw < Share != Exceptions.Contains(id);
}
