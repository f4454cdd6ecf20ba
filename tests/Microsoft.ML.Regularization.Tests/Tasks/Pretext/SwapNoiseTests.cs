namespace Microsoft.ML.Regularization.Tests.Tasks.Pretext;

[TestClass]
public sealed class SwapNoiseTests
{
    private const int Batch = 200;

    // Two numbers, an indicator of the second, a category.
    private static readonly PretextRows Table = new(
        NetworkArchitecture.Mlp(4), new InputLayout { Numbers = 3, Categories = [new CategoryInput("Town", 1, 5)] }, RandomKey.FromSeed(3))
    {
        Imputation = new Imputation { Fill = [0, 0], Indicated = [1] },
    };

    [TestMethod]
    [DataRow(0.15)]
    [DataRow(0.6)]
    public void Each_cell_is_swapped_at_the_rate_and_never_with_itself(double rate)
    {
        var noise = new SwapNoise(new RowCells(Table), rate, RandomKey.FromSeed(1));
        var counts = new int[3];
        const int steps = 100;
        for (var step = 0; step < steps; step++)
        {
            var sources = noise.Sources(Batch, (ulong)step);
            for (var row = 0; row < Batch; row++)
            {
                foreach (var (cell, place) in new[] { 0, 1, 3 }.Index())
                    counts[cell] += sources[row * 4 + place] == row ? 0 : 1;
                Assert.AreEqual(sources[row * 4 + 1], sources[row * 4 + 2], "a number and its indicator come of one row");
            }
        }

        // Five standard deviations of a binomial count.
        const double cells = Batch * steps;
        foreach (var count in counts)
            Assert.AreEqual(rate, count / cells, 5 * Math.Sqrt(rate * (1 - rate) / cells));
    }

    /// <summary>What is swapped in comes of each other row alike, so that a column keeps its distribution.</summary>
    [TestMethod]
    public void Partners_are_uniform_over_the_other_rows()
    {
        const int rows = 5;
        const int steps = 4000;
        var noise = new SwapNoise(new RowCells(Table), 0.5, RandomKey.FromSeed(2));
        var counts = new int[rows * rows];
        for (var step = 0; step < steps; step++)
        {
            var sources = noise.Sources(rows, (ulong)step);
            for (var row = 0; row < rows; row++)
                counts[row * rows + sources[row * 4]]++;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var source = 0; source < rows; source++)
            {
                var expected = row == source ? 0.5 : 0.5 / (rows - 1);
                Assert.AreEqual(expected, (double)counts[row * rows + source] / steps, 5 * Math.Sqrt(expected * (1 - expected) / steps), $"row {row} of row {source}");
            }
        }
    }

    [TestMethod]
    public void Draws_belong_to_key_and_step()
    {
        var noise = new SwapNoise(new RowCells(Table), 0.3, RandomKey.FromSeed(1));

        CollectionAssert.AreEqual(noise.Sources(Batch, 7), new SwapNoise(new RowCells(Table), 0.3, RandomKey.FromSeed(1)).Sources(Batch, 7));
        CollectionAssert.AreNotEqual(noise.Sources(Batch, 7), noise.Sources(Batch, 8));
        CollectionAssert.AreNotEqual(noise.Sources(Batch, 7), new SwapNoise(new RowCells(Table), 0.3, RandomKey.FromSeed(2)).Sources(Batch, 7));
    }

    [TestMethod]
    public void Rows_become_what_the_sources_say_and_one_alone_stays()
    {
        var noise = new SwapNoise(new RowCells(Table), 0.5, RandomKey.FromSeed(1));
        float[] values = [.. Enumerable.Range(0, 24).Select(value => (float)value)];
        using var rows = FloatTensors.Of(values, 6, 4);
        using var changed = noise.Apply(rows, step: 3);
        using var one = rows.narrow(0, 2, 1);
        using var alone = noise.Apply(one, step: 3);

        var sources = noise.Sources(6, 3);
        CollectionAssert.AreEqual(sources.Select((source, place) => values[(int)source * 4 + place % 4]).ToArray(), changed.data<float>().ToArray());
        CollectionAssert.AreEqual(values[8..12], alone.data<float>().ToArray());
        CollectionAssert.AreEqual(values, rows.data<float>().ToArray(), "what was gathered stays");
    }
}
