using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

/// <summary>A row of a table with numbers and categories, as a user has them.</summary>
public sealed class Person
{
    private static readonly string[] Jobs = ["clerk", "manager", "nurse", "dr. phil.", "baker"];
    private static readonly string[] Cities = ["Rome", "Oslo", "Bonn"];

    public int Id { get; set; }

    public float Age { get; set; }

    public float Income { get; set; }

    public string Job { get; set; } = "";

    public string City { get; set; } = "";

    public bool Label { get; set; }

    /// <summary>The slots of <see cref="Featurize"/>: two numbers, five jobs, three cities.</summary>
    public static (int Start, int End)[] Blocks { get; } = [(2, 7), (7, 10)];

    /// <summary>Incomes are all different and tell the row; the first jobs are the most frequent.</summary>
    public static List<Person> Generate(int count, int seed = 4)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(id => new Person
        {
            Id = id,
            Age = 20 + random.Next(50),
            Income = 1000 + id * 7,
            Job = Jobs[id < Jobs.Length ? id : Math.Min(random.Next(Jobs.Length), random.Next(Jobs.Length))],
            City = Cities[id < Cities.Length ? id : random.Next(Cities.Length)],
            Label = random.Next(3) == 0,
        })];
    }

    /// <summary>The table as features: Age, Income, Job.*, City.*.</summary>
    public static IDataView Featurize(MLContext ml, List<Person> people)
    {
        var view = ml.Data.LoadFromEnumerable(people);
        return ml.Transforms.Categorical.OneHotEncoding([new InputOutputColumnPair("Job"), new InputOutputColumnPair("City")])
            .Append(ml.Transforms.Concatenate("Features", "Age", "Income", "Job", "City"))
            .Fit(view).Transform(view);
    }

    /// <summary>The table as wide features: Age, Income, 32 slots for the job.</summary>
    public static IDataView FeaturizeByHash(MLContext ml, List<Person> people)
    {
        var view = ml.Data.LoadFromEnumerable(people);
        return ml.Transforms.Categorical.OneHotHashEncoding("Job", numberOfBits: 5).Append(ml.Transforms.Concatenate("Features", "Age", "Income", "Job"))
            .Fit(view).Transform(view);
    }

    /// <summary>Whether two rows have the same features from a first slot up to another.</summary>
    public static bool AreEqual(float[] first, float[] second, int start, int end) =>
        first.AsSpan(start, end - start).SequenceEqual(second.AsSpan(start, end - start));

    public static List<float[]> ReadFeatures(IDataView view, Random? rand = null) => [.. Read(view, rand).Select(row => row.DenseValues().ToArray())];

    public static List<VBuffer<float>> Read(IDataView view, Random? rand = null)
    {
        using var cursor = view.GetRowCursor([view.Schema["Features"]], rand);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        var rows = new List<VBuffer<float>>();
        while (cursor.MoveNext())
        {
            VBuffer<float> features = default;
            getter(ref features);
            rows.Add(features);
        }

        return rows;
    }
}
