namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class BetaDistributionTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(17);

    [TestMethod]
    public void Alpha_one_is_uniform() => AssertDistribution(1, x => x);

    [TestMethod]
    public void Alpha_one_half_is_the_arcsine_law() => AssertDistribution(0.5, x => 2 / Math.PI * Math.Asin(Math.Sqrt(x)));

    [TestMethod]
    public void Alpha_two_is_the_parabola() => AssertDistribution(2, x => x * x * (3 - 2 * x));

    [TestMethod]
    [DataRow(0.2)]
    [DataRow(0.4)]
    [DataRow(1.5)]
    public void Other_alphas_agree_with_the_integral_of_the_density(double alpha) => AssertDistribution(alpha, IntegralOfDensity(alpha));

    [TestMethod]
    public void The_integral_agrees_with_the_closed_forms()
    {
        var (arcsine, parabola) = (IntegralOfDensity(0.5), IntegralOfDensity(2));

        foreach (var x in new[] { 0, 0.001, 0.1, 0.3, 0.5, 0.77, 0.999, 1 })
        {
            Assert.AreEqual(2 / Math.PI * Math.Asin(Math.Sqrt(x)), arcsine(x), 1e-6);
            Assert.AreEqual(x * x * (3 - 2 * x), parabola(x), 1e-6);
        }
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.3)]
    [DataRow(1.0)]
    [DataRow(4.0)]
    [DataRow(100.0)]
    public void Mean_is_one_half_and_variance_is_that_of_beta(double alpha)
    {
        var samples = Sample(alpha, 60_000);
        var (mean, variance) = GoodnessOfFit.Moments(samples);
        var expected = 1 / (4 * (2 * alpha + 1));

        Assert.AreEqual(0.5, mean, 4.5 * Math.Sqrt(expected / samples.Length));
        Assert.AreEqual(expected, variance, 0.02 * expected);
    }

    [TestMethod]
    [DataRow(1e-6)]
    [DataRow(1e-3)]
    [DataRow(0.05)]
    [DataRow(1e3)]
    [DataRow(1e6)]
    public void Extreme_alphas_stay_within_zero_and_one_and_symmetric(double alpha)
    {
        var samples = Sample(alpha, 5000);

        Assert.IsTrue(samples.All(sample => sample is >= 0 and <= 1));
        // Five standard deviations of a fair coin.
        Assert.AreEqual(2500, samples.Count(sample => sample > 0.5), 180);
    }

    [TestMethod]
    public void A_tiny_alpha_gives_nearly_only_zeros_and_ones() =>
        Assert.IsTrue(Sample(1e-6, 1000).All(sample => sample is < 1e-6 or > 1 - 1e-6));

    [TestMethod]
    public void A_huge_alpha_gives_nearly_only_halves() => Assert.IsTrue(Sample(1e6, 1000).All(sample => Math.Abs(sample - 0.5) < 0.005));

    [TestMethod]
    public void The_same_stream_gives_the_same_draw()
    {
        var (first, second) = (new KeyedStream(Key, 1), new KeyedStream(Key, 1));

        Assert.AreEqual(BetaDistribution.SampleSymmetric(ref first, 0.2), BetaDistribution.SampleSymmetric(ref second, 0.2));
    }

    private static double[] Sample(double alpha, int count) => [.. Enumerable.Range(0, count).Select(item =>
    {
        var random = new KeyedStream(Key, (ulong)item);
        return BetaDistribution.SampleSymmetric(ref random, alpha);
    })];

    private static void AssertDistribution(double alpha, Func<double, double> distribution) =>
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(Sample(alpha, 60_000), distribution));

    /// <summary>
    /// With <c>u = t^(1/alpha)</c> the integral of <c>(u (1 - u))^(alpha - 1)</c> up to x is that of <c>(1 - t^(1/alpha))^(alpha - 1) / alpha</c>
    /// up to <c>x^alpha</c>, which has no pole; the upper half follows by symmetry.
    /// </summary>
    private static Func<double, double> IntegralOfDensity(double alpha)
    {
        const int Steps = 4000;
        var end = Math.Pow(0.5, alpha);
        var table = new double[Steps + 1];
        for (var i = 0; i < Steps; i++)
            table[i + 1] = table[i] + Math.Pow(1 - Math.Pow((i + 0.5) / Steps * end, 1 / alpha), alpha - 1);

        return x => x <= 0.5 ? LowerHalf(x) : 1 - LowerHalf(1 - x);

        double LowerHalf(double x)
        {
            var place = Math.Pow(x, alpha) / end * Steps;
            var i = Math.Min((int)place, Steps - 1);
            return (table[i] + (place - i) * (table[i + 1] - table[i])) / (2 * table[Steps]);
        }
    }
}
