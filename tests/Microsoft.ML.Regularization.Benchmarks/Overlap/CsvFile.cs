using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Benchmarks.Training;

namespace Microsoft.ML.Regularization.Benchmarks.Overlap;

/// <summary>A text file of numbers and a class.</summary>
internal static class CsvFile
{
    public const int Features = 20;

    /// <summary>Opens the file, which is made where it is not there.</summary>
    public static IDataView Load(MLContext ml, string folder, int rows)
    {
        var path = Path.Combine(folder, "rows.csv");
        if (!File.Exists(path))
            Write(path, rows);
        return ml.Data.CreateTextLoader(
            [new("Label", DataKind.UInt32, Features) { KeyCount = new KeyCount(Workload.Classes) }, new("Features", DataKind.Single, 0, Features - 1)], separatorChar: ',')
            .Load(path);
    }

    private static void Write(string path, int rows)
    {
        var random = new Random(1);
        using var file = new StreamWriter(path);
        for (var row = 0; row < rows; row++)
        {
            for (var feature = 0; feature < Features; feature++)
                file.Write(string.Create(CultureInfo.InvariantCulture, $"{random.NextSingle() - 0.5f:0.00000},"));
            file.WriteLine(random.Next(Workload.Classes).ToString(CultureInfo.InvariantCulture));
        }
    }
}
