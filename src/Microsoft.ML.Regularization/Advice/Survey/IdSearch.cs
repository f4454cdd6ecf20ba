namespace Microsoft.ML.Regularization.Advice;

/// <summary>Finds columns that name rows, or name what rows belong to.</summary>
internal static class IdSearch
{
    private static readonly string[] Endings = ["id", "key", "uuid", "guid", "no", "nr", "number", "index"];

    private static readonly HashSet<string> Keepers = ["customer", "patient", "user", "client", "account", "session", "subject", "device", "machine", "household"];

    // Fewer values are categories.
    private const int LeastGroups = 10;
    private const double LeastShare = 0.02;

    // Rows of a group, in the mean.
    private const double LeastGroupSize = 1.5;

    // A column that says no more than the group has values enough that this is no accident.
    private const int LeastValues = 3;

    /// <summary>Whether nearly each row has a value of its own, which is no quantity.</summary>
    public static bool IsId(ReadColumn column)
    {
        var present = column.Codes.Count(code => code >= 0);
        if (present < LeastGroups || column.Distinct < 0.98 * present)
            return false;
        return column.Numbers is { } numbers
            ? column.IsWhole && (HasIdName(column.Name) || IsRunning(numbers))
            : column.Kind == ColumnKind.Category && !IsFreeText(column);
    }

    /// <summary>Whether texts are sentences.</summary>
    public static bool IsFreeText(ReadColumn column) =>
        column is { Kind: ColumnKind.Category, Texts.Count: > 0 } && WordsOf(column) >= 3 && column.Distinct > 0.5 * column.Codes.Count(code => code >= 0);

    /// <summary>The mean number of words of a text.</summary>
    public static double WordsOf(ReadColumn column) => column.Texts.Count == 0 ? 0 : column.Texts.Average(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

    /// <summary>The column by whose values rows stand together; null for none.</summary>
    /// <param name="columns">The columns, ids left out.</param>
    public static ReadColumn? GroupAmong(IReadOnlyList<ReadColumn> columns) =>
        columns.Where(column => MayGroup(column) && (HasIdName(column.Name) || columns.Any(other => other != column && IsDecidedBy(other, column)))).MaxBy(column => column.Distinct);

    private static bool MayGroup(ReadColumn column)
    {
        var present = column.Codes.Count(code => code >= 0);
        return (column.Kind == ColumnKind.Category || (column.IsWhole && HasIdName(column.Name))) && !IsFreeText(column)
            && column.Distinct >= Math.Max(LeastGroups, LeastShare * present) && present >= LeastGroupSize * column.Distinct;
    }

    // All rows of a group have the same value, of several.
    private static bool IsDecidedBy(ReadColumn column, ReadColumn group)
    {
        if (column.Distinct < LeastValues || column.Distinct > group.Distinct)
            return false;
        var values = new Dictionary<int, int>();
        for (var row = 0; row < column.Codes.Length; row++)
        {
            if (group.Codes[row] >= 0 && !values.TryAdd(group.Codes[row], column.Codes[row]) && values[group.Codes[row]] != column.Codes[row])
                return false;
        }

        return true;
    }

    // Numbers that count up or down in the order of rows, or fill a range.
    private static bool IsRunning(double[] numbers)
    {
        double[] present = [.. numbers.Where(double.IsFinite)];
        var pairs = present.Zip(present.Skip(1)).ToList();
        return pairs.TrueForAll(pair => pair.First < pair.Second) || pairs.TrueForAll(pair => pair.First > pair.Second) || present.Max() - present.Min() < 1.1 * present.Length;
    }

    // Plain words, the last one of a name such as customer_id or CustomerId, or all of it.
    private static bool HasIdName(string name)
    {
        var lower = name.ToLowerInvariant();
        return Keepers.Contains(lower) || Array.Exists(Endings, ending => lower == ending || (lower.EndsWith(ending, StringComparison.Ordinal) && IsBoundary(name, name.Length - ending.Length)));
    }

    private static bool IsBoundary(string name, int place) => !char.IsLetterOrDigit(name[place - 1]) || (char.IsUpper(name[place]) && char.IsLower(name[place - 1]));
}
