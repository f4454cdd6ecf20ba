using Microsoft.ML;
using Microsoft.ML.Data;

namespace RegularizerEffects;

/// <summary>A set of rows of which a network sees so few that it overfits.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="TrainingRows">Rows to train on, with every class's share; the others test.</param>
/// <param name="Load">Reads all rows: their class as text in column Class, a vector column Features.</param>
internal sealed record DataSet(string Name, int TrainingRows, Func<MLContext, IDataView> Load)
{
    public static DataSet Digits { get; } = new("digits", 200, ml => Read(
        ml, "digits.csv", [new("Class", DataKind.String, 0), new("Features", DataKind.Single, 1, 64)]));

    public static DataSet BreastCancer { get; } = new("breast cancer", 60, ml => Read(
        ml, "breast-cancer.csv", [new("Class", DataKind.String, 0), new("Features", DataKind.Single, 1, 30)]));

    public static DataSet Credit { get; } = new("credit", 400, ml => Read(
        ml,
        "credit-data.csv",
        [
            new("Class", DataKind.String, 0), new("Seniority", DataKind.Single, 1), new("Home", DataKind.String, 2), new("Time", DataKind.Single, 3),
            new("Age", DataKind.Single, 4), new("Marital", DataKind.String, 5), new("Records", DataKind.String, 6), new("Job", DataKind.String, 7),
            new("Amounts", DataKind.Single, 8, 13),
        ],
        rows => ml.Transforms.Categorical.OneHotEncoding([new("Home"), new("Marital"), new("Records"), new("Job")])
            .Append(ml.Transforms.Concatenate("Features", "Seniority", "Time", "Age", "Amounts", "Home", "Marital", "Records", "Job"))
            .Append(ml.Transforms.ReplaceMissingValues("Features"))
            .Fit(rows).Transform(rows)));

    public static IReadOnlyList<DataSet> All { get; } = [Digits, BreastCancer, Credit];

    private static IDataView Read(MLContext ml, string file, TextLoader.Column[] columns, Func<IDataView, IDataView>? prepare = null)
    {
        var options = new TextLoader.Options { Columns = columns, Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var rows = ml.Data.CreateTextLoader(options).Load(Path.Combine(AppContext.BaseDirectory, "Data", file));
        return prepare is null ? rows : prepare(rows);
    }
}
