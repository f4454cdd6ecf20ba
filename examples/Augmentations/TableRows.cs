using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Spectre.Console;

namespace Augmentations;

/// <summary>Rows of a table, before and after: three credits, numbers beside a one-hot block.</summary>
internal static class TableRows
{
    private static readonly (string Name, AugmentationOptions Options)[] Transforms =
    [
        ("GaussianNoise", new GaussianNoiseOptions { Scale = 0.2 }),
        ("FeatureDropout", new FeatureDropoutOptions { Rate = 0.3 }),
        ("FeatureSwap", new FeatureSwapOptions { Rate = 0.4 }),
        ("Mixup", new MixupOptions { Alpha = 1 }),
    ];

    public static Table Show(MLContext ml)
    {
        var rows = Load(ml);
        VBuffer<ReadOnlyMemory<char>> names = default;
        rows.Schema["Features"].GetSlotNames(ref names);
        var table = new Table()
            .AddColumn(new TableColumn("").NoWrap())
            .AddColumns([.. names.DenseValues().Select(name => name.ToString())])
            .AddColumn("good, bad");
        Add(table, "as they are", rows);
        foreach (var (name, options) in Transforms)
            Add(table, name, new MLContext(seed: 4).Data.Augment(rows, options));
        return table;
    }

    /// <summary>Draws age and amount of all rows, before and after.</summary>
    public static void Draw(MLContext ml, string path)
    {
        var rows = Load(ml);
        var before = Points(rows);
        var sheet = new ScatterSheet(Transforms.Length);
        foreach (var (name, options) in Transforms)
            sheet.Add(name, before, Points(new MLContext(seed: 4).Data.Augment(rows, options)));
        sheet.Save(path);

        static (float X, float Y)[] Points(IDataView rows) => [.. rows.GetColumn<float[]>("Features").Select(features => (features[1], features[2]))];
    }

    private static void Add(Table table, string caption, IDataView rows)
    {
        table.AddEmptyRow();
        var labels = rows.Schema["Label"].Type is VectorDataViewType
            ? rows.GetColumn<float[]>("Label").Select(shares => string.Join(", ", shares.Select(Number)))
            : rows.GetColumn<uint>("Label").Select(key => key == 1 ? "1, 0" : "0, 1");
        foreach (var (features, label) in rows.GetColumn<float[]>("Features").Zip(labels).Take(3))
        {
            table.AddRow([caption, .. features.Select(Number), label]);
            caption = "";
        }
    }

    private static string Number(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static IDataView Load(MLContext ml)
    {
        var loader = ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns =
            [
                new("Status", DataKind.String, 0), new("Seniority", DataKind.Single, 1), new("Home", DataKind.String, 2), new("Age", DataKind.Single, 4),
                new("Amount", DataKind.Single, 12),
            ],
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
        });
        var credits = ml.Data.TakeRows(loader.Load(Path.Combine(AppContext.BaseDirectory, "Data", "credit-data.csv")), 300);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Status")
            .Append(ml.Transforms.Categorical.OneHotEncoding("Home"))
            .Append(ml.Transforms.Concatenate("Features", "Seniority", "Age", "Amount", "Home"));
        return ml.Data.Cache(pipeline.Fit(credits).Transform(credits), "Features", "Label");
    }
}
