namespace Microsoft.ML.Regularization.Tests.Training.Probe;

[TestClass]
public sealed class PenaltySearchTests
{
    private const int Features = 30;

    /// <summary>Features that say nothing get a penalty under which nothing is said; of clear ones a weaker penalty is better.</summary>
    [TestMethod]
    public void The_penalty_goes_by_what_the_features_are_worth()
    {
        var (noise, clear) = (Best(Search(signal: 0)), Best(Search(signal: 2)));
        Assert.IsGreaterThanOrEqualTo(30 * clear.Penalty, noise.Penalty);
        Assert.AreEqual(Math.Log(2), noise.Loss, 0.02);
        Assert.IsLessThan(0.4, clear.Loss);
    }

    /// <summary>Of each fold's rows by the head of all others, at the temperature of least loss among those around it.</summary>
    [TestMethod]
    public void The_loss_is_that_of_rows_that_were_left_out()
    {
        var (table, strata) = Table(signal: 1);
        var fit = Fit(table);
        var folds = new DealtFolds(table, strata, fit, folds: 4, RandomKey.FromSeed(7));
        folds.Fit(0.01);

        var seen = new List<int>();
        folds.ForEach((row, outputs, target) =>
        {
            seen.Add(row);
            CollectionAssert.AreEqual(table.Target(row).ToArray(), target.ToArray());
        });
        CollectionAssert.AreEquivalent(Enumerable.Range(0, table.Count).ToArray(), seen);
        foreach (var quarter in seen.Chunk(table.Count / 4))
        {
            var others = fit.Rows(table, [.. Enumerable.Range(0, table.Count).Except(quarter)]);
            var head = fit.Minimize(others, 0.01, new double[others.Numbers]);
            var expected = fit.Rows(table, quarter).Outputs(head);
            for (var i = 0; i < quarter.Length; i++)
                Assert.AreEqual(expected[i], folds.Outputs[quarter[i]], 0.02);
        }

        var tried = new PenaltySearch(table, strata, fit, folds: 4, RandomKey.FromSeed(7)).Try(0.01);
        Assert.IsLessThanOrEqualTo(Loss(tried, 1), tried.Loss + 1e-3);
        Assert.AreEqual(Loss(tried, tried.Multiplier), tried.Loss, 0.05);
        Assert.IsLessThan(Loss(tried, 3 * tried.Multiplier), tried.Loss);

        double Loss(TriedPenalty own, double multiplier) => Enumerable.Range(0, table.Count).Average(row =>
        {
            var logit = multiplier * own.Outputs[row];
            return Math.Log(1 + Math.Exp(table.Target(row)[1] == 1 ? -logit : logit));
        });
    }

    private static TriedPenalty Best(PenaltySearch search) => search.TryAll().MinBy(tried => tried.Loss)!;

    private static PenaltySearch Search(double signal)
    {
        var (table, strata) = Table(signal);
        return new PenaltySearch(table, strata, Fit(table), folds: 5, RandomKey.FromSeed(5));
    }

    private static HeadFit Fit(RowTable table) =>
        new(FeatureScale.Of(table), new ClassEncoding(2, null), new CrossEntropyObjective(), outputs: 1, hasClasses: true, new FitWatch());

    private static (RowTable Table, int[] Strata) Table(double signal)
    {
        var random = new Random(9);
        var table = new RowTable(Features, 2);
        int[] strata = [.. Enumerable.Range(0, 80).Select(row => row % 2)];
        foreach (var label in strata)
            table.Add([.. Enumerable.Range(0, Features).Select(i => (float)(random.NextDouble() - 0.5 + (i < 3 ? signal * (label - 0.5) / 3 : 0)))], [1 - label, label], weight: 1);
        return (table, strata);
    }
}
