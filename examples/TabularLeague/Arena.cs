using System.Globalization;

namespace TabularLeague;

/// <summary>The tables that were chosen and found, and their cells.</summary>
internal sealed class Arena
{
    /// <summary>The size that stands for every training row of a table of few rows.</summary>
    public const string All = "all";

    /// <summary>The size that stands for every training row of a table of many rows.</summary>
    public const string Full = "full";

    /// <summary>Tables of more rows have no cell "all"; theirs is "full".</summary>
    private const int FewRows = 10_000;

    private readonly Dictionary<string, TableRows> _rows = [];

    private Arena(List<Cell> cells) => Cells = cells;

    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>Reads the tables; says which are not there.</summary>
    public static Arena Read(Arguments arguments, TextWriter output)
    {
        var cells = new List<Cell>();
        var arena = new Arena(cells);
        foreach (var table in arguments.Tables)
        {
            var folder = table.IsShipped ? Path.Combine(AppContext.BaseDirectory, "Data") : arguments.Data;
            string[] paths = [.. table.Files.Select(file => Path.Combine(folder, file))];
            if (!paths.All(File.Exists))
            {
                output.WriteLine($"{table.Name} does not come with the program and is not in {arguments.Data} (--data): left out.");
                continue;
            }

            var rows = TableRows.Read(table, paths);
            arena._rows[table.Name] = rows;
            var largest = Split.LargestTraining(rows.Count);
            cells.AddRange(arguments.Sizes
                .Select(size => Rows(size, rows.Count)).OfType<int>().Where(size => size <= largest).Distinct()
                .Select(size => new Cell(table, size)));
        }

        return arena;
    }

    public TableRows RowsOf(Table table) => _rows[table.Name];

    private static int? Rows(string size, int count) => size switch
    {
        All => count <= FewRows ? Split.LargestTraining(count) : null,
        Full => count > FewRows ? Split.LargestTraining(count) : null,
        _ => int.Parse(size, CultureInfo.InvariantCulture),
    };
}
