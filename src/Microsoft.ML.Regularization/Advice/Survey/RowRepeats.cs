namespace Microsoft.ML.Regularization.Advice;

/// <summary>Rows that have the same values.</summary>
/// <param name="Duplicates">Rows of which an earlier one has the same values.</param>
/// <param name="Wrong">Rows whose label is rarer among the rows of their values than another one.</param>
internal sealed record RowRepeats(int Duplicates, int Wrong)
{
    // Of one or two columns of few values rows are equal by chance, and say nothing.
    private const double MostExpected = 0.5;

    /// <summary>Compares rows by columns; none where these have so few values that rows must repeat.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="label">The label.</param>
    /// <param name="hasClasses">Whether it is of classes.</param>
    public static RowRepeats Of(IReadOnlyList<ReadColumn> columns, ReadColumn label, bool hasClasses)
    {
        var rows = label.Codes.Length;
        if (columns.Count == 0 || columns.Any(column => column.Kind is ColumnKind.Image or ColumnKind.Other or ColumnKind.Date))
            return new RowRepeats(0, 0);
        var groups = Enumerable.Range(0, rows).GroupBy(row => KeyOf(columns, row)).ToList();
        var duplicates = rows - groups.Count;
        if (duplicates > MostExpected * rows)
            return new RowRepeats(0, 0);
        var wrong = hasClasses ? groups.Sum(group => group.Count() - group.GroupBy(row => label.Codes[row]).Max(same => same.Count())) : 0;
        return new RowRepeats(duplicates, wrong);
    }

    private static UInt128 KeyOf(IReadOnlyList<ReadColumn> columns, int row)
    {
        // FNV-1a of 128 bits: two rows of different values do not meet.
        var key = new UInt128(0x6C62272E07BB0142, 0x62B821756295C58D);
        foreach (var column in columns)
            key = (key ^ (uint)column.Codes[row]) * new UInt128(0x0000000001000000, 0x000000000000013B);
        return key;
    }
}
