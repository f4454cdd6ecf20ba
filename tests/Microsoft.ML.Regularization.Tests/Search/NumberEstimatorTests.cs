namespace Microsoft.ML.Regularization.Tests.Search;

[TestClass]
public sealed class NumberEstimatorTests
{
    private static readonly SearchDimension Line = new NumberDimension("x", 0, 1, isLogarithmic: false, isWhole: false, (options, _) => options);

    // From tables of the normal distribution.
    [TestMethod]
    [DataRow(0.0, 0.5)]
    [DataRow(1.0, 0.841344746068543)]
    [DataRow(-1.0, 0.158655253931457)]
    [DataRow(1.959963984540054, 0.975)]
    [DataRow(3.0, 0.998650101968370)]
    [DataRow(-5.0, 2.866515718791939e-7)]
    public void The_share_below_a_number_is_that_of_tables(double x, double expected) => Assert.AreEqual(expected, NumberEstimator.Below(x), 1e-12);

    [TestMethod]
    public void The_density_integrates_to_one_and_is_greatest_where_values_were_seen()
    {
        var estimator = new NumberEstimator(Line, [0.2, 0.22, 0.25, 0.9]);
        const int Cells = 20_000;
        var density = Enumerable.Range(0, Cells).Select(cell => Math.Exp(estimator.LogDensityAt((cell + 0.5) / Cells))).ToArray();
        Assert.AreEqual(1, density.Average(), 1e-6);
        Assert.AreEqual(0.22, (Array.IndexOf(density, density.Max()) + 0.5) / Cells, 0.03);
    }

    [TestMethod]
    public void Draws_have_the_density()
    {
        var estimator = new NumberEstimator(Line, [0.1, 0.4, 0.95]);
        var stream = new KeyedStream(RandomKey.FromSeed(1), 0);
        const int Draws = 40_000;
        var shares = new double[10];
        for (var i = 0; i < Draws; i++)
            shares[Math.Min(9, (int)(estimator.Draw(ref stream) * 10))] += 1.0 / Draws;
        for (var bin = 0; bin < 10; bin++)
        {
            var expected = Enumerable.Range(0, 200).Average(cell => Math.Exp(estimator.LogDensityAt((bin + (cell + 0.5) / 200) / 10))) / 10;
            Assert.AreEqual(expected, shares[bin], 0.01, $"bin {bin}");
        }
    }

    [TestMethod]
    public void Whole_and_logarithmic_numbers_have_the_room_they_should()
    {
        var whole = new NumberDimension("n", 1, 4, isLogarithmic: false, isWhole: true, (options, _) => options);
        var counts = Enumerable.Range(0, 4000).Select(i => whole.At((i + 0.5) / 4000)).GroupBy(value => value).ToDictionary(group => group.Key, group => group.Count());
        CollectionAssert.AreEquivalent(new Dictionary<double, int> { [1] = 1000, [2] = 1000, [3] = 1000, [4] = 1000 }, counts);
        var rates = new NumberDimension("rate", 1e-4, 1e-2, isLogarithmic: true, isWhole: false, (options, _) => options);
        Assert.AreEqual(1e-3, rates.At(0.5), 1e-12);
        Assert.AreEqual(0.25, rates.PlaceOf(rates.At(0.25)), 1e-12);
    }
}
