namespace Microsoft.ML.Regularization.Reports;

/// <summary>A random choice of rows.</summary>
internal static class RowChoice
{
    /// <summary>All rows where a view tells that there are no more. Rows may be sorted, by class for instance: the first of them would not do.</summary>
    /// <param name="ml">Operations on rows.</param>
    /// <param name="data">The rows.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="seed">Of the choice.</param>
    public static IDataView Of(MLContext ml, IDataView data, long most, int seed) =>
        data.GetRowCount() <= most ? data : ml.Data.TakeRows(ml.Data.ShuffleRows(data, seed, (int)Math.Min(int.MaxValue, Math.Max(1000, most))), most);
}
