using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Mixing;

/// <summary>The census rows known as adult (Kohavi, 1996): six numbers, eight categories, and whether a person earns more than 50,000 dollars.</summary>
internal static class AdultRows
{
    public const string FileName = "adult.csv";

    public static string[] Categories { get; } =
        ["workclass", "education", "marital-status", "occupation", "relationship", "ethnicity", "sex", "native-country"];

    private static string[] Numbers { get; } = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"];

    /// <summary>Reads the file, whose label comes first and whose other columns are named as above, in the order of the original.</summary>
    public static IDataView Load(MLContext ml, string folder)
    {
        var path = Path.Combine(folder, FileName);
        string[] header = [.. File.ReadLines(path).First().Split(',')];
        var columns = new[] { new TextLoader.Column("Label", DataKind.Boolean, 0) }
            .Concat(Numbers.Select(name => new TextLoader.Column(name, DataKind.Single, Array.IndexOf(header, name))))
            .Concat(Categories.Select(name => new TextLoader.Column(name, DataKind.String, Array.IndexOf(header, name))));
        return ml.Data.LoadFromTextFile(path, [.. columns], separatorChar: ',', hasHeader: true);
    }

    /// <summary>Keys of the categories, and the numbers as features.</summary>
    public static IEstimator<ITransformer> Featurize(MLContext ml) =>
        ml.Transforms.Conversion.MapValueToKey([.. Categories.Select(name => new InputOutputColumnPair(name))])
            .Append(ml.Transforms.Concatenate("Features", Numbers));
}
