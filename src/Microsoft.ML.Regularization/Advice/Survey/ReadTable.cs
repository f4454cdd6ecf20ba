using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>The columns of the rows that are looked at.</summary>
/// <param name="Label">The label; no row lacks it.</param>
/// <param name="Columns">The others.</param>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Unlabelled">Rows among those that were read which lack a label.</param>
internal sealed record ReadTable(ReadColumn Label, IReadOnlyList<ReadColumn> Columns, long Rows, int Unlabelled)
{
    public int Count => Label.Codes.Length;

    /// <summary>Reads all rows, or a random choice of them.</summary>
    /// <param name="context">Makes errors.</param>
    /// <param name="data">The rows.</param>
    /// <param name="labelName">The column of labels.</param>
    /// <param name="ignored">Columns that are left out.</param>
    /// <param name="most">How many rows at most.</param>
    /// <param name="seed">Of the choice.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ArgumentException">A column is missing, the label is of another type, or no row has one.</exception>
    public static ReadTable Read(IHost context, IDataView data, string labelName, IReadOnlyCollection<string> ignored, int most, int seed, CancellationToken cancellation)
    {
        RequireColumn(context, data, labelName, nameof(AdviceOptions.LabelColumnName));
        if (ColumnReader.KindOf(data.Schema[labelName].Type) is not (ColumnKind.Number or ColumnKind.Category))
            throw context.ExceptUserArg(nameof(AdviceOptions.LabelColumnName), $"Column '{labelName}' is {data.Schema[labelName].Type}, but advice is about labels that are texts, keys, marks or numbers.");
        foreach (var name in ignored)
            RequireColumn(context, data, name, nameof(AdviceOptions.IgnoredColumnNames));
        using var progress = context.StartProgressChannel("Looking at rows");
        var (rows, chosen) = (0L, new SortedSet<long>(ChosenPlaces.Of(data, most, seed, cancellation, out var count)));
        progress.SetHeader(new ProgressHeader("rows"), entry => entry.SetProgress(0, rows, count));
        var columns = data.Schema.Where(column => !column.IsHidden && (column.Name == labelName || !ignored.Contains(column.Name))).ToList();
        using var cursor = data.GetRowCursor(columns);
        var readers = columns.Select(column => new ColumnReader(cursor, column)).ToList();
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (chosen.Count == 0 || chosen.Contains(rows))
                readers.ForEach(reader => reader.Next());
            rows++;
        }

        var read = readers.Select(reader => reader.End()).ToList();
        var label = read.Single(column => column.Name == labelName);
        int[] labelled = [.. Enumerable.Range(0, label.Codes.Length).Where(row => label.Codes[row] >= 0)];
        if (label.Codes.Length == 0)
            throw context.ExceptUserArg(nameof(data), "There are no rows.");
        if (labelled.Length == 0)
            throw context.ExceptUserArg(nameof(AdviceOptions.LabelColumnName), $"No row has a label: column '{labelName}' is empty in all {label.Codes.Length} rows.");
        return new ReadTable(label.Take(labelled), [.. read.Where(column => column != label).Select(column => column.Take(labelled))], rows, label.Codes.Length - labelled.Length);
    }

    private static void RequireColumn(IHost context, IDataView data, string name, string option)
    {
        if (data.Schema.GetColumnOrNull(name) is null)
        {
            throw context.ExceptUserArg(
                option, $"The rows have no column '{name}'; they have {SlotNames.List([.. data.Schema.Where(column => !column.IsHidden).Select(column => column.Name)])}.");
        }
    }
}
