using System.Text;

namespace TabularLeague;

/// <summary>Which rows train and which test: the same for every trainer, drawn by the table's name and the seed.</summary>
/// <param name="Training">Indices of rows. Those of a smaller split are among those of a larger one.</param>
/// <param name="Test">Indices of other rows.</param>
internal sealed record Split(int[] Training, int[] Test)
{
    /// <summary>The most rows that test.</summary>
    public const int MostTestRows = 10_000;

    /// <summary>Rows that train where all of a table do that need not test: a fifth tests, or <see cref="MostTestRows"/>.</summary>
    public static int LargestTraining(int rows) => rows - Math.Min(MostTestRows, rows / 5);

    public static Split Of(string table, int rows, int trainingRows, int seed)
    {
        if (trainingRows < 1 || trainingRows > LargestTraining(rows))
            throw new ArgumentOutOfRangeException(nameof(trainingRows), trainingRows, $"Of {rows} rows, 1 to {LargestTraining(rows)} can train.");
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(SeedOf(table, seed)).Shuffle(order);
        return new Split(order[^trainingRows..], order[..Math.Min(MostTestRows, rows - trainingRows)]);
    }

    // FNV-1a: the hash code of a text differs from process to process.
    private static int SeedOf(string table, int seed) =>
        (int)Encoding.UTF8.GetBytes($"{table} {seed}").Aggregate(2166136261u, (hash, next) => (hash ^ next) * 16777619u);
}
