namespace FineTuningExample;

/// <summary>Labelled rows: some to draw training rows from, others to test on.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="HasPhotos">Whether they are photos; else texts.</param>
/// <param name="Pool">Rows to draw from.</param>
/// <param name="Test">Rows to test on, the same for all draws.</param>
internal sealed record ExampleSet(string Name, bool HasPhotos, IReadOnlyList<Example> Pool, IReadOnlyList<Example> Test)
{
    /// <summary>As many rows of each class, of a class with fewer all.</summary>
    public IReadOnlyList<Example> Draw(int perClass, int seed)
    {
        var random = new Random(seed);
        var rows = Pool.GroupBy(row => row.Label).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Shuffled([.. group], random).Take(perClass)).ToArray();
        return Shuffled(rows, random);
    }

    /// <summary>Rows in an order of their own.</summary>
    public static Example[] Shuffled(Example[] rows, Random random)
    {
        random.Shuffle(rows);
        return rows;
    }
}
