namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed class NormalDistributionTests
{
    [TestMethod]
    public void Quantiles_are_those_of_tables()
    {
        Assert.AreEqual(0, NormalDistribution.Quantile(0.5));
        Assert.AreEqual(1.959963984540054, NormalDistribution.Quantile(0.975), 1e-14);
        Assert.AreEqual(-2.326347874040841, NormalDistribution.Quantile(0.01), 1e-14);
        Assert.AreEqual(-5.199337582192817, NormalDistribution.Quantile(1e-7), 1e-12);
    }

    [TestMethod]
    public void They_undo_the_distribution_function()
    {
        for (var x = -4.5; x <= 4.5; x += 0.01)
            Assert.AreEqual(x, NormalDistribution.Quantile(Probability(x)), 1e-9);
    }

    /// <summary>The probability of a normal number below x, by its series.</summary>
    internal static double Probability(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; Math.Abs(term) > 1e-18; n++)
        {
            term *= x * x / (2 * n + 1);
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
