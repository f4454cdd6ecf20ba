namespace Microsoft.ML.Regularization.Advice;

/// <summary>How many validation rows stand among the training rows.</summary>
/// <param name="Shared">Those that do.</param>
/// <param name="Validation">Validation rows.</param>
/// <param name="Expected">The share of training rows that repeat another one: so many are shared by an honest split too.</param>
internal sealed record SharedRowCount(int Shared, int Validation, double Expected)
{
    public double Share => (double)Shared / Validation;

    /// <summary>Compares rows by what they hold.</summary>
    /// <param name="training">Rows as they are.</param>
    /// <param name="validation">The same columns.</param>
    /// <param name="columns">The columns that the model reads; of these, those whose values can be compared.</param>
    /// <param name="cancellation">Ends it.</param>
    public static SharedRowCount? Of(IDataView training, IDataView validation, IReadOnlySet<string> columns, CancellationToken cancellation)
    {
        var names = columns.Where(name => ColumnReader.KindOf(training.Schema[name].Type) is not (ColumnKind.Image or ColumnKind.Other)).Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return null;
        var seen = new Dictionary<UInt128, int>();
        var count = 0;
        foreach (var key in RowKeys.Of(training, names, cancellation))
        {
            seen[key] = seen.GetValueOrDefault(key) + 1;
            count++;
        }

        var others = RowKeys.Of(validation, names, cancellation).ToList();
        return others.Count == 0 || count == 0 ? null : new SharedRowCount(others.Count(seen.ContainsKey), others.Count, seen.Values.Where(rows => rows > 1).Sum() / (double)count);
    }
}
