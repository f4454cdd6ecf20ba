namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

[TestClass]
public sealed class SharedScaleTests
{
    private const int Rows = 50;

    [TestMethod]
    [DataRow(ChannelOrder.ChannelsFirst)]
    [DataRow(ChannelOrder.ChannelsLast)]
    public void Pixels_of_a_channel_are_standardized_by_all_of_its_pixels(ChannelOrder order)
    {
        var shape = new ImageShape(3, 2, 2, order);
        Func<int, int> channelOf = order == ChannelOrder.ChannelsFirst ? number => number / 6 : number => number % 2;
        AssertShared(new InputLayout { Numbers = 12, Image = shape }, channelOf);
    }

    [TestMethod]
    public void Numbers_of_a_step_are_standardized_by_those_of_all_steps() =>
        AssertShared(new InputLayout { Numbers = 12, Steps = 4 }, number => number % 3);

    [TestMethod]
    public void Features_of_a_table_stay_apart_and_categories_as_they_are()
    {
        var input = new InputLayout { Numbers = 2, Categories = [new CategoryInput("City", 1, 5)] };
        var scaler = NumberRows.Learn(InputScaling.RobustSmoothClip, [[0.5f, 1.5f, 4], [1, 2, 5], [1.5f, 2.5f, 1]], input).Scaler!;
        CollectionAssert.AreEqual(new float[] { 1, 2 }, scaler.Center);
        var scaled = new float[3];
        scaler.Apply([1, 2, 5], scaled);
        CollectionAssert.AreEqual(new float[] { 0, 0, 5 }, scaled);

        using var scope = TorchSharp.torch.NewDisposeScope();
        using var layer = new InputScalingLayer(scaler);
        CollectionAssert.AreEqual(scaled, layer.forward(FloatTensors.Of([1, 2, 5], 1, 3)).data<float>().ToArray());
    }

    [TestMethod]
    public void Texts_are_not_scaled() =>
        Assert.IsNull(InputStatistics.Learn(
            InputScaling.Standardize, new MemoryDataset(NumberRows.Table([[1, 2], [3, 4]])), new InputLayout { Text = new TextInput(2, 9) }, new RowSummary(targetSize: 1)));

    private static void AssertShared(InputLayout input, Func<int, int> groupOf)
    {
        var random = new KeyedStream(RandomKey.FromSeed(3), 0);
        var rows = new double[Rows][];
        for (var row = 0; row < Rows; row++)
        {
            rows[row] = new double[input.Width];
            for (var i = 0; i < input.Width; i++)
                rows[row][i] = groupOf(i) * 10 + i + (1 + i) * random.NextDouble();
        }

        var scaler = NumberRows.Learn(InputScaling.Standardize, rows.Select(row => row.Select(value => (float)value).ToArray()), input).Scaler!;

        for (var i = 0; i < input.Width; i++)
        {
            int[] group = [.. Enumerable.Range(0, input.Width).Where(other => groupOf(other) == groupOf(i))];
            Assert.AreEqual(Mean(group), scaler.Center[i], 1e-4);
            Assert.AreEqual(1 / Deviation(group), scaler.Factor[i], 1e-5);
        }

        double Mean(params int[] group) => rows.SelectMany(row => group.Select(i => row[i])).Average();

        double Deviation(params int[] group) =>
            Math.Sqrt(rows.SelectMany(row => group.Select(i => row[i])).Average(value => Math.Pow(value - Mean(group), 2)));
    }
}
