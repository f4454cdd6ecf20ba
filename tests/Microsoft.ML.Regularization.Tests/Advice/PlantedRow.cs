namespace Microsoft.ML.Regularization.Tests.Advice;

/// <summary>A row of a table in which each kind of column is planted.</summary>
internal sealed class PlantedRow
{
    public const int RowsOfCustomer = 4;

    public int Number { get; set; }

    public string Customer { get; set; } = "";

    public string Town { get; set; } = "";

    public float Age { get; set; }

    public double Income { get; set; }

    public string Plan { get; set; } = "";

    public string Currency { get; set; } = "EUR";

    public string Closed { get; set; } = "";

    public string Comment { get; set; } = "";

    public DateTime Since { get; set; }

    public string Answer { get; set; } = "";

    public bool Mark { get; set; }

    public string Kind { get; set; } = "";

    public float Stars { get; set; }

    public float Amount { get; set; }

    /// <summary>So many rows: Age and Income decide, a tenth of the ages is missing, and Closed is the answer in other words.</summary>
    public static PlantedRow[] Make(int rows = 400, int seed = 1)
    {
        var random = new Random(seed);
        string[] words = ["late", "paid", "asked", "called", "moved", "wrote", "again", "never", "soon", "twice"];
        return [.. Enumerable.Range(0, rows).Select(i =>
        {
            var (age, income) = (random.NextSingle() * 50 + 20, random.NextDouble() * 5000);
            var score = (age - 45) / 15 + (income - 2500) / 1500 + random.NextDouble();
            var yes = score > 1;
            return new PlantedRow
            {
                Number = 1000 + i,
                Customer = $"C{i / RowsOfCustomer}",
                Town = $"Town {i / RowsOfCustomer % 15}",
                Age = random.NextDouble() < 0.1 ? float.NaN : age,
                Income = income,
                Plan = $"P{random.Next(4)}",
                Closed = yes ? "closed" : "",
                Comment = string.Join(' ', Enumerable.Range(0, 6).Select(_ => words[random.Next(words.Length)])),
                Since = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(1000)),
                Answer = yes ? "yes" : "no",
                Mark = yes,
                Kind = score < -0.5 ? "low" : score < 1 ? "middle" : "high",
                Stars = (float)Math.Clamp(Math.Round(score) + 3, 1, 5),
                Amount = (float)score,
            };
        })];
    }

    /// <summary>A view of these rows with the named columns alone.</summary>
    public static IDataView View(MLContext ml, PlantedRow[] rows, params string[] columns) => ml.Transforms.SelectColumns(columns).Fit(ml.Data.LoadFromEnumerable(rows)).Transform(ml.Data.LoadFromEnumerable(rows));
}
