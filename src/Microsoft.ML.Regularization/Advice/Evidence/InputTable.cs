namespace Microsoft.ML.Regularization.Advice;

/// <summary>The columns that a model reads, in training and validation rows.</summary>
/// <param name="Training">In the training rows.</param>
/// <param name="Validation">In the validation rows, in the same order; empty where there are none.</param>
/// <param name="Leaks">Columns that give the label away, with what they tell.</param>
internal sealed record InputTable(IReadOnlyList<ReadColumn> Training, IReadOnlyList<ReadColumn> Validation, IReadOnlyList<(string Name, double Tells)> Leaks)
{
    // What is rarer in the training rows may lack in a few others by chance.
    private const double MostFrequent = 0.8;
    private const int LeastRows = 50;

    /// <summary>Reads the columns.</summary>
    /// <param name="training">Training rows as the model takes them.</param>
    /// <param name="validation">Validation rows; null for none.</param>
    /// <param name="names">The columns that the model reads.</param>
    /// <param name="measured">The labels of the training rows.</param>
    /// <param name="cancellation">Ends it.</param>
    public static InputTable Of(IDataView training, IDataView? validation, IReadOnlySet<string> names, MeasuredRows measured, CancellationToken cancellation)
    {
        var columns = Read(training, names, cancellation);
        var others = validation is null ? [] : Read(validation, names, cancellation);
        var label = new ReadColumn("", ColumnKind.Number, "")
        {
            Codes = [.. measured.Rows.Labels.Select(value => (int)value)], Numbers = [.. measured.Rows.Labels.Select(value => (double)value)], Distinct = measured.Rows.Classes.Count,
        };
        var labelled = columns.Where(column => column.Kind is ColumnKind.Number or ColumnKind.Category && !IdSearch.IsId(column)).Select(column => column.Take(measured.Rows.Places));
        var tells = LeakSearch.Measure(labelled, label, measured.HasClasses);
        var leaks = LeakSearch.In(tells, label, measured.HasClasses);
        return new InputTable(columns, others, leaks.Count == columns.Count ? [] : [.. leaks.Select(column => (column.Name, tells[column]))]);
    }

    /// <summary>Columns of one value.</summary>
    public IEnumerable<string> Constants => Training.Where(column => IsScalar(column) && IsConstant(column) && Validation.All(other => other.Name != column.Name || IsConstant(other))).Select(column => column.Name);

    /// <summary>Columns that have several values on one side alone.</summary>
    public IEnumerable<string> Shifted => Training.Zip(Validation).Where(pair => IsScalar(pair.First) && IsConstant(pair.First) != IsConstant(pair.Second) && Varies(pair.First, pair.Second)).Select(pair => pair.First.Name);

    private static bool Varies(ReadColumn first, ReadColumn second)
    {
        var varied = IsConstant(first) ? second : first;
        return Math.Min(first.Codes.Length, second.Codes.Length) >= LeastRows
            && varied.Codes.CountBy(code => code).Max(one => one.Value) <= MostFrequent * varied.Codes.Length;
    }

    private static bool IsScalar(ReadColumn column) => column.Kind is ColumnKind.Number or ColumnKind.Category;

    private static bool IsConstant(ReadColumn column) => column.Distinct + (column.Missing > 0 ? 1 : 0) < 2;

    private static List<ReadColumn> Read(IDataView rows, IReadOnlySet<string> names, CancellationToken cancellation)
    {
        var columns = rows.Schema.Where(column => !column.IsHidden && names.Contains(column.Name)).ToList();
        using var cursor = rows.GetRowCursor(columns);
        var readers = columns.Select(column => new ColumnReader(cursor, column)).ToList();
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            readers.ForEach(reader => reader.Next());
        }

        return [.. readers.Select(reader => reader.End())];
    }
}
