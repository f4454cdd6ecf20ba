using System.Globalization;

namespace Microsoft.ML.Regularization.Benchmarks.Faults;

/// <summary>A table in which faults are planted: one that comes with the repository, or a generated one.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="Classes">How many classes there are; 0 for numbers.</param>
/// <param name="Make">All rows, by a seed where they are generated.</param>
internal sealed record FaultTable(string Name, int Classes, Func<int, IReadOnlyList<FaultRow>> Make)
{
    private const int MostRows = 1600;

    public static FaultTable BreastCancer { get; } = Read("breast-cancer", 2, "breast-cancer.csv", "label", label => label == "1" ? 1 : 0);

    public static FaultTable Wine { get; } = Read("wine", 3, "wine.csv", "label", label => float.Parse(label, CultureInfo.InvariantCulture));

    public static FaultTable Digits { get; } = Read("digits", 10, "digits.csv", "label", label => float.Parse(label, CultureInfo.InvariantCulture));

    public static FaultTable Credit { get; } = Read("credit-data", 2, "credit-data.csv", "Status", label => label == "bad" ? 1 : 0);

    public static FaultTable Lending { get; } = Read("lending-club", 2, "lending-club.csv", "Class", label => label == "bad" ? 1 : 0);

    /// <summary>Whether a point is inside a circle.</summary>
    public static FaultTable Disc { get; } = new("disc", 2, seed => Generate(seed, 4, (random, x) => x[0] * x[0] + x[1] * x[1] < 1.1f ? 1 : 0));

    /// <summary>The greatest of four sums.</summary>
    public static FaultTable Sums { get; } = new("sums", 4, seed => Generate(seed, 8, (random, x) => Array.IndexOf([x[0] + x[1], x[2] - x[3], x[4] * 2, x[5] * x[6] * 2], new[] { x[0] + x[1], x[2] - x[3], x[4] * 2, x[5] * x[6] * 2 }.Max())));

    /// <summary>Friedman's first function (Friedman, "Multivariate adaptive regression splines", 1991), with noise of deviation 1.</summary>
    public static FaultTable Friedman { get; } = new("friedman", 0, seed => Generate(seed, 10, (random, x) =>
    {
        var u = Array.ConvertAll(x, value => (value + 1.5f) / 3);
        return (float)(10 * Math.Sin(Math.PI * u[0] * u[1]) + 20 * (u[2] - 0.5) * (u[2] - 0.5) + 10 * u[3] + 5 * u[4] + Normal(random));
    }));

    /// <summary>A wave of one number and a product of two.</summary>
    public static FaultTable Waves { get; } = new("waves", 0, seed => Generate(seed, 6, (random, x) => (float)(Math.Sin(3 * x[0]) + x[1] * x[2] + 0.2 * Normal(random))));

    /// <summary>So many rows to train on, and others.</summary>
    public (List<FaultRow> Training, List<FaultRow> Validation) Split(int seed, int most)
    {
        var rows = Make(seed).ToArray();
        var random = new Random(seed);
        random.Shuffle(rows);
        var count = Math.Min(Math.Min(MostRows, rows.Length), most * 5 / 3);
        var training = count * 3 / 5;
        foreach (var row in rows)
            row.Extra = (float)Normal(random);
        return ([.. rows[..training]], [.. rows[training..count]]);
    }

    public override string ToString() => Name;

    // A uniform number of deviation 0.87, from -1.5 to 1.5.
    private static List<FaultRow> Generate(int seed, int width, Func<Random, float[], float> target)
    {
        var random = new Random(seed + 1000);
        return [.. Enumerable.Range(0, MostRows).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, width).Select(_ => 3 * random.NextSingle() - 1.5f)];
            return new FaultRow { Numbers = x, Target = target(random, x) };
        })];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // The columns of numbers; texts are left out, and a missing number stays one.
    private static FaultTable Read(string name, int classes, string file, string label, Func<string, float> target) => new(name, classes, _ =>
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", file)).Where(line => line.Length > 0).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray()).ToList();
        var place = Array.IndexOf(lines[0], label);
        int[] numbers = [.. Enumerable.Range(0, lines[0].Length).Where(column => column != place && lines.Skip(1).Take(50).All(line => line[column].Length == 0 || float.TryParse(line[column], CultureInfo.InvariantCulture, out float _)))];
        return [.. lines.Skip(1).Select(line => new FaultRow
        {
            Numbers = [.. numbers.Select(column => line[column].Length == 0 ? float.NaN : float.Parse(line[column], CultureInfo.InvariantCulture))],
            Target = target(line[place]),
        })];
    });
}
