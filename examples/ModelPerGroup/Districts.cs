using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace ModelPerGroup;

/// <summary>California housing (Pace and Barry, 1997) by squares of half a degree: the median value of a district's houses in 100,000 dollars.</summary>
/// <param name="path">The file: value, longitude, latitude and six more numbers under a line of headings.</param>
internal sealed class Districts(string path) : IGroupTable
{
    private const double Degrees = 0.5;

    public string Name => "districts by half a degree";

    public string Measure => "RMSE, 100,000 dollars";

    public IEstimator<ITransformer> Pipeline(MLContext ml) => ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { Architecture = NetworkArchitecture.RealMlp() });

    public (IDataView Train, IDataView Test) Load(MLContext ml, int seed)
    {
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(File.ReadLines(path).Skip(1).Select(Read).ToList()), testFraction: 0.3, seed: seed);
        return (split.TrainSet, split.TestSet);
    }

    public IReadOnlyList<Predicted> Read(IDataView scored) =>
        [.. scored.GetColumn<float>("Label").Zip(scored.GetColumn<float>("Score"), (label, score) => new Predicted(label, score))];

    public double ErrorOf(IReadOnlyCollection<Predicted> rows) => Math.Sqrt(rows.Average(row => Math.Pow(row.Prediction - row.Label, 2)));

    private static District Read(string line)
    {
        var numbers = line.Split(',').Take(9).Select(cell => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : float.NaN).ToArray();
        return new District
        {
            Label = numbers[0] / 100_000, Features = numbers[1..], Group = FormattableString.Invariant($"{Math.Floor(numbers[1] / Degrees)}, {Math.Floor(numbers[2] / Degrees)}"),
        };
    }

    private sealed class District
    {
        public float Label { get; set; }

        public string Group { get; set; } = "";

        [VectorType(8)]
        public float[] Features { get; set; } = [];
    }
}
