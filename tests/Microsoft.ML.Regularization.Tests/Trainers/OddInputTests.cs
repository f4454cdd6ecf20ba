using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Training.Scaling;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Columns as business tables have them, beside one that tells the target: the defaults learn from that one whatever stands beside it.</summary>
[TestClass]
public sealed class OddInputTests
{
    private const int Rows = 300;

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Columns => new (string Name, Func<int, Random, float> Value)[]
    {
        ("constant", (_, _) => 7),
        ("constant and huge", (_, _) => 3e38f),
        ("constant but for one row", (row, _) => row == 5 ? 1e6f : 0),
        ("of a range of 1e-8", (_, random) => 1e-8f * random.NextSingle()),
        ("of a range of 1e-8 about 1", (_, random) => 1 + 1e-8f * random.NextSingle()),
        ("with outliers of a million", (row, random) => row % 50 == 0 ? 1e6f * random.NextSingle() : random.NextSingle()),
        ("lognormal", (_, random) => MathF.Exp(8 * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f))),
        ("of integers of huge size", (row, _) => 1.7e9f + 128 * (row * 7 % 11)),
        ("of a rare flag", (row, _) => row % 150 == 3 ? 1 : 0),
        ("with gaps", (row, random) => row % 3 == 0 ? float.NaN : random.NextSingle()),
    }.Select(column => new object[] { column.Name, column.Value });

    [TestMethod]
    [DynamicData(nameof(Columns))]
    public void A_column_beside_the_telling_one_does_no_harm(string name, Func<int, Random, float> value)
    {
        var options = new NeuralNetworkOptions { LabelColumnName = "Target", Architecture = NetworkArchitecture.Mlp(32), Seed = 1 };
        var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(View(seed: 1, value));

        // The target is a sine of the first number, with noise of a deviation of 0.058: what is left of its variance, 0.5, is 0.7 %.
        var metrics = _ml.Regression.Evaluate(model.Transform(View(seed: 2, value)), "Target");
        Assert.IsGreaterThan(0.9, metrics.RSquared, name);

        // What no training row had, and more: within the clip nothing gets out of hand.
        foreach (var wild in new[] { 1e3f, -1e9f, 3e38f, -3e38f })
        {
            var scores = model.Transform(View(seed: 2, (_, _) => wild)).GetColumn<float>("Score").ToList();
            Assert.IsTrue(scores.All(score => MathF.Abs(score) < 30), $"{name}, {wild}: {scores.Max()}");
        }
    }

    /// <summary>A class of its own is all that such rows tell, so that a model of them would be worth nothing.</summary>
    [TestMethod]
    [DataRow("binary classification", "'Flag': all 48 training rows are of class 'True'")]
    [DataRow("multiclass classification", "'Label': all 48 training rows are of class 2 (counted from 1)")]
    public void Rows_of_one_class_are_refused_by_name(string taskName, string reason)
    {
        var rows = InputExample.Of(60);
        foreach (var row in rows)
            (row.Label, row.Flag) = (1, true);
        var trainer = EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, new NeuralNetworkOptions());
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(_ml.Data.LoadFromEnumerable(rows)));
        Assert.Contains(reason, error.Message);
    }

    private static IDataView View(int seed, Func<int, Random, float> value)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, Rows).Select(row =>
        {
            var x = 6 * random.NextSingle() - 3;
            return new NumberRows.Row { Features = [x, value(row, random)], Target = MathF.Sin(x) + 0.2f * (random.NextSingle() - 0.5f) };
        }).ToList();
        var definition = SchemaDefinition.Create(typeof(NumberRows.Row));
        definition[nameof(NumberRows.Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        return new MLContext(seed: 1).Data.LoadFromEnumerable(rows, definition);
    }
}
