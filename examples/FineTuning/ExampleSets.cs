namespace FineTuningExample;

/// <summary>Finds the sets that the command line names.</summary>
internal static class ExampleSets
{
    /// <param name="name">A folder of photos, or the name of a set of texts.</param>
    /// <param name="data">Where sets are that do not come with the program.</param>
    /// <param name="mostTestRows">Rows to test on, where there are as many.</param>
    public static ExampleSet Find(string name, string data, int mostTestRows) => name switch
    {
        "spam" => Spam(mostTestRows),
        "sst2" or "trec" => new ExampleSet(name, HasPhotos: false, Lines(Path.Combine(data, name, "train.tsv")), Some(Lines(Path.Combine(data, name, "test.tsv")), mostTestRows)),
        _ => Photos(name, mostTestRows),
    };

    private static ExampleSet Spam(int mostTestRows)
    {
        var rows = ExampleSet.Shuffled(Lines(Path.Combine(AppContext.BaseDirectory, "Data", "spam-subjects.tsv")), new Random(0));
        return new ExampleSet("spam", HasPhotos: false, rows[mostTestRows..], rows[..mostTestRows]);
    }

    // A label, a tab, a text, behind a line of headings.
    private static Example[] Lines(string path) =>
        [.. Existing(path).Skip(1).Select(line => line.Split('\t', 2)).Select(parts => new Example { Label = parts[0], Content = parts[1] })];

    private static IEnumerable<string> Existing(string path) =>
        File.Exists(path) ? File.ReadLines(path) : throw new UsageException($"There is no {path}: name the folder that has it by --data.");

    // Each folder within is a class, as Model Builder has it; where there are folders named train and test, these are kept apart.
    private static ExampleSet Photos(string folder, int mostTestRows)
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"There is no set of texts '{folder}', nor a folder of photos: sets are spam, sst2 and trec.");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var (train, test) = (Path.Combine(folder, "train"), Path.Combine(folder, "test"));
        if (Directory.Exists(train) && Directory.Exists(test))
            return new ExampleSet(name, HasPhotos: true, Files(train), Some(Files(test), mostTestRows));

        var all = ExampleSet.Shuffled(Files(folder), new Random(0));
        var tested = Math.Min(mostTestRows, all.Length / 2);
        return new ExampleSet(name, HasPhotos: true, all[tested..], all[..tested]);
    }

    private static Example[] Some(Example[] rows, int most) => [.. ExampleSet.Shuffled(rows, new Random(0)).Take(most)];

    private static Example[] Files(string folder) =>
    [
        .. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).SelectMany(own => Directory.GetFiles(own).Order(StringComparer.Ordinal)
            .Select(file => new Example { Label = Path.GetFileName(own), Content = Path.GetFullPath(file) })),
    ];
}
