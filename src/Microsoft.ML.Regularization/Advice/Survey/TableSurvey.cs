using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Looks at a table.</summary>
internal static class TableSurvey
{
    // More classes than these are counted, but no column is measured by them.
    private const int MostMeasuredClasses = 200;

    /// <summary>What was seen.</summary>
    /// <param name="host">Shows progress.</param>
    /// <param name="data">The rows.</param>
    /// <param name="options">Which columns, and how many rows.</param>
    /// <exception cref="ArgumentException">There is nothing to learn, or from.</exception>
    public static TableFacts Of(IHost host, IDataView data, AdviceOptions options)
    {
        var table = ReadTable.Read(host, data, options.LabelColumnName, options.IgnoredColumnNames, options.MostRows, options.Seed, options.CancellationToken);
        var task = LabelKind.TaskOf(host, table.Label, table.Unlabelled == 0, options.Task);
        var hasClasses = task != LearningTask.Regression;
        var ids = table.Columns.Where(IdSearch.IsId).ToHashSet();
        var group = options.SamplingKeyColumnName is { } name ? Named(host, table, name) : IdSearch.GroupAmong([.. table.Columns.Where(column => !ids.Contains(column))]);
        List<ReadColumn> measured = [.. table.Columns.Where(column => column.Kind is ColumnKind.Number or ColumnKind.Category && !IsConstant(column) && !ids.Contains(column) && column != group)];
        var tells = hasClasses && table.Label.Distinct > MostMeasuredClasses ? [] : LeakSearch.Measure(measured, table.Label, hasClasses);
        var leaks = LeakSearch.In(tells, table.Label, hasClasses);

        // Where nothing else is left, it is what there is to learn from.
        if (leaks.Count > 0 && table.Columns.All(column => leaks.Contains(column) || ids.Contains(column) || column == group || IsConstant(column)))
            leaks = [];
        ValueList<ColumnFacts> columns = [.. table.Columns.Select(column => new ColumnFacts
        {
            Name = column.Name,
            Type = column.Type,
            Kind = IdSearch.IsFreeText(column) ? ColumnKind.FreeText : column.Kind,
            Distinct = column.Distinct,
            Missing = column.Kind is ColumnKind.Image or ColumnKind.Other ? 0 : column.Missing,
            Size = column.Size,
            Words = IdSearch.WordsOf(column),
            Tells = tells.TryGetValue(column, out var share) ? share : null,
            IsConstant = IsConstant(column),
            IsId = ids.Contains(column),
            IsLeak = leaks.Contains(column),
            IsGroup = column == group,
        })];
        RequireFeatures(host, columns);
        var compared = RowRepeats.Of([.. table.Columns.Where((column, i) => columns[i] is { IsFeature: true })], table.Label, hasClasses);
        return new TableFacts
        {
            Rows = table.Rows,
            LookedAt = table.Count,
            Unlabelled = (double)table.Unlabelled / (table.Unlabelled + table.Count),
            LabelColumnName = table.Label.Name,
            LabelType = table.Label.Type,
            Task = task,
            Input = InputOf(columns),
            Classes = hasClasses ? LabelKind.ClassesOf(table.Label) : [],
            Columns = columns,
            Duplicates = compared.Duplicates,
            NoiseFloor = (double)compared.Wrong / table.Count,
            SamplingKeyColumnName = group?.Name,
        };
    }

    // Whether a value is missing may be what there is to know.
    private static bool IsConstant(ReadColumn column) =>
        column.Kind is not (ColumnKind.Image or ColumnKind.Other) && (column.Distinct == 0 || (column.Distinct == 1 && column.Missing == 0));

    private static ReadColumn Named(IHost host, ReadTable table, string name) => table.Columns.FirstOrDefault(column => column.Name == name)
        ?? throw host.ExceptUserArg(nameof(AdviceOptions.SamplingKeyColumnName), $"The rows have no column '{name}' beside label and ignored columns.");

    private static void RequireFeatures(IHost host, ValueList<ColumnFacts> columns)
    {
        if (columns.Count == 0)
            throw host.ExceptUserArg("data", "There is no column beside the label.");
        if (columns.All(column => column.IsConstant))
            throw host.ExceptUserArg("data", "All rows are equal: no column but the label has more than one value.");
        if (!columns.Any(column => column.IsFeature))
        {
            throw host.ExceptUserArg(
                "data", $"There is nothing to learn from: the columns beside the label are ids, constant, or of types that no network reads ({string.Join(", ", columns.Select(column => $"'{column.Name}' {column.Type}"))}).");
        }
    }

    private static AdvisedInput InputOf(ValueList<ColumnFacts> columns)
    {
        var features = columns.Where(column => column.IsFeature).ToList();
        return features.Any(column => column.Kind is ColumnKind.Image or ColumnKind.Pixels) ? AdvisedInput.Images
            : features.Any(column => column.Kind == ColumnKind.Sequence) ? AdvisedInput.Sequences
            : features.All(column => column.Kind == ColumnKind.FreeText) ? AdvisedInput.Texts
            : AdvisedInput.Table;
    }
}
