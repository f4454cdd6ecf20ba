using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace ModelPerGroup;

/// <summary>
/// Shops that a program makes up: sales depend on price, promotion, weather, weekend, competition and season, in each shop with factors of its own.
/// </summary>
/// <param name="shops">How many shops.</param>
/// <param name="rows">Days of each shop that are trained on; as many more are tested on.</param>
/// <param name="spread">How much shops differ: 1 as much as sales within a shop do, 0 not at all.</param>
internal sealed class Shops(int shops, int rows, double spread) : IGroupTable
{
    public string Name => FormattableString.Invariant($"shops, {shops} of {rows} days, spread {spread}");

    public string Measure => "RMSE";

    // begin groupPipeline
    public IEstimator<ITransformer> Pipeline(MLContext ml) => ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        Architecture = NetworkArchitecture.RealMlp(),
    });
    // end groupPipeline

    public (IDataView Train, IDataView Test) Load(MLContext ml, int seed)
    {
        var random = new Random(seed);
        var (train, test) = (new List<Sale>(), new List<Sale>());
        for (var shop = 0; shop < shops; shop++)
        {
            var own = Enumerable.Range(0, 6).Select(_ => spread * Normal(random)).ToArray();
            for (var row = 0; row < 2 * rows; row++)
                (row < rows ? train : test).Add(Day(FormattableString.Invariant($"shop {shop}"), own, random));
        }

        return (ml.Data.LoadFromEnumerable(train), ml.Data.LoadFromEnumerable(test));
    }

    public IReadOnlyList<Predicted> Read(IDataView scored) =>
        [.. scored.GetColumn<float>("Label").Zip(scored.GetColumn<float>("Score"), (label, score) => new Predicted(label, score))];

    public double ErrorOf(IReadOnlyCollection<Predicted> rows) => Math.Sqrt(rows.Average(row => Math.Pow(row.Prediction - row.Label, 2)));

    private static Sale Day(string shop, double[] own, Random random)
    {
        var x = Enumerable.Range(0, Sale.Numbers).Select(_ => Normal(random)).ToArray();
        var (isPromoted, isWeekend) = (random.Next(2), random.Next(7) >= 5 ? 1 : 0);
        (x[1], x[3]) = (isPromoted, isWeekend);
        var sales = 3 + own[0] + (0.6 * own[1] - 1.2) * x[0] + (0.4 * own[2] + 0.6) * isPromoted * (1 + 0.5 * x[4]) + 0.5 * own[3] * Math.Abs(x[2])
            + (0.4 * own[4] + 0.4) * isWeekend + 0.3 * own[5] * x[0] * x[5] + 0.5 * Math.Sin(2 * x[6]) + 0.7 * Normal(random);
        return new Sale { Group = shop, Features = [.. x.Select(value => (float)value)], Label = (float)sales };
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
