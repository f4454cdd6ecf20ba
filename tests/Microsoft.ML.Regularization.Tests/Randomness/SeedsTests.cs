namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class SeedsTests
{
    [TestMethod]
    public void The_seed_that_was_asked_for_comes_first() => Assert.AreEqual(7, Seeds.Resolve(new MLContext(seed: 11), 7));

    [TestMethod]
    public void The_seed_of_the_context_comes_second() => Assert.AreEqual(11, Seeds.Resolve(new MLContext(seed: 11), null));

    [TestMethod]
    public void Without_any_seed_each_call_draws_one()
    {
        var seeds = Enumerable.Range(0, 20).Select(_ => Seeds.Resolve(new MLContext(), null)).Distinct();

        Assert.IsGreaterThan(15, seeds.Count());
    }
}
