namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

/// <summary>Which rows count as embeddings.</summary>
[TestClass]
public sealed class EqualLengthsTests
{
    private const int Width = 40;

    [TestMethod]
    [DataRow(1f)]
    [DataRow(19.6f)]
    [DataRow(1e-6f)]
    public void Directions_of_one_length_are_embeddings(float length) => Assert.IsTrue(Are(Directions(length)));

    [TestMethod]
    public void Rows_of_other_lengths_are_not()
    {
        Assert.IsFalse(Are(Directions(1).Select((row, i) => Times(row, i == 70 ? 1.01f : 1))));
        Assert.IsTrue(Are(Directions(1).Select((row, i) => Times(row, i == 70 ? 1.0005f : 1))));
        Assert.IsFalse(Are(Directions(1).Select((row, i) => Times(row, i == 0 ? 0 : 1))));
        Assert.IsFalse(Are(Directions(1).Select((row, i) => Times(row, i == 30 ? float.PositiveInfinity : 1))));
    }

    [TestMethod]
    public void Few_numbers_are_not()
    {
        Assert.IsFalse(Are(Directions(1, width: 31)));
        Assert.IsTrue(Are(Directions(1, width: 32)));
    }

    [TestMethod]
    public void One_hot_codes_are_not_though_their_length_is_the_same() =>
        Assert.IsFalse(Are(Enumerable.Range(0, 100).Select(row => Enumerable.Range(0, Width).Select(i => i % 10 == (row + i / 10) % 10 ? 1f : 0).ToArray())));

    [TestMethod]
    public void Rows_that_lack_a_number_are_not() =>
        Assert.IsFalse(Are(Directions(1).Select((row, i) => i == 50 ? [float.NaN, .. row[1..]] : row)));

    [TestMethod]
    public void A_single_row_tells_nothing() => Assert.IsFalse(Are(Directions(1).Take(1)));

    [TestMethod]
    public void Images_and_sequences_are_not()
    {
        Assert.IsFalse(Are(Directions(1), new InputLayout { Numbers = Width, Image = new ImageShape(5, 8, 1) }));
        Assert.IsFalse(Are(Directions(1), new InputLayout { Numbers = Width, Steps = 10 }));
    }

    [TestMethod]
    public void A_network_leaves_them_in_proportion_and_the_log_says_so()
    {
        var ml = new MLContext(seed: 1);
        var log = new LogRecorder(ml);
        var rows = Directions(3).ToList();
        var options = new NeuralNetworkOptions { LabelColumnName = "Target", Architecture = NetworkArchitecture.Mlp(4), MaxEpochs = 1, ValidationFraction = 0, Recipe = RegularizationRecipe.None };
        var network = ml.Regression.Trainers.NeuralNetwork(options).Fit(NumberRows.View(rows)).Model.Network;
        Assert.AreEqual(InputScaling.UnitLength, network.Training.InputScaling);
        foreach (var factor in network.Outcome.InputScaler!.Factor)
            Assert.AreEqual(1.0 / 3, factor, 1e-5);
        Assert.HasCount(1, log.Messages.Where(message => message.Contains("rows have the same length, as embeddings have")));

        var named = ml.Regression.Trainers.NeuralNetwork(options with { InputScaling = InputScaling.RobustSmoothClip }).Fit(NumberRows.View(rows)).Model.Network;
        Assert.AreEqual(InputScaling.RobustSmoothClip, named.Training.InputScaling);
    }

    private static bool Are(IEnumerable<float[]> rows, InputLayout? input = null)
    {
        var table = NumberRows.Table(rows);
        return EqualLengths.Are(new MemoryDataset(table), input ?? table.FeatureCount);
    }

    private static float[] Times(float[] row, float factor) => [.. row.Select(value => value * factor)];

    private static IEnumerable<float[]> Directions(float length, int width = Width)
    {
        var random = new Random(1);
        for (var row = 0; row < 100; row++)
        {
            var numbers = Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5).ToArray();
            var own = Math.Sqrt(numbers.Sum(number => number * number));
            yield return [.. numbers.Select(number => (float)(length * number / own))];
        }
    }
}
