using Microsoft.ML.Regularization.Tests.Golden;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class StochasticDepthTests
{
    [TestMethod]
    public void Survival_falls_linearly_with_depth_as_in_the_paper()
    {
        var cases = GoldenFile.Read("stochastic_depth.json").GetProperty("linear_decay").EnumerateArray().ToList();

        Assert.HasCount(2, cases);
        foreach (var golden in cases)
        {
            var blocks = golden.GetProperty("L").GetInt32();
            var depth = new StochasticDepth { SurvivalProbability = golden.GetProperty("p_L").GetDouble() };
            var survival = Enumerable.Range(0, blocks).Select(block => depth.SurvivalOf(block, blocks)).ToArray();

            var expected = golden.GetProperty("survival_l_1_to_L").Numbers();
            for (var block = 0; block < blocks; block++)
                Assert.AreEqual(expected[block], survival[block], 1e-12);
            Assert.AreEqual(golden.GetProperty("expected_depth").GetDouble(), survival.Sum(), 1e-12);
        }
    }

    [TestMethod]
    public void A_constant_schedule_is_the_same_for_all_blocks()
    {
        var depth = new StochasticDepth { SurvivalProbability = 0.6, Schedule = StochasticDepthSchedule.Constant };

        Assert.IsTrue(Enumerable.Range(0, 5).All(block => depth.SurvivalOf(block, 5) == 0.6));
    }

    [TestMethod]
    [DataRow(0.01)]
    [DataRow(0.5)]
    [DataRow(0.8)]
    public void Draws_survive_with_their_probability(double survival)
    {
        var factors = new float[40_000];
        new StochasticDepth().Draw(factors, RandomKey.FromSeed(2), step: 3, survival);

        var kept = factors.Count(factor => factor != 0);
        Assert.AreEqual(survival, kept / (double)factors.Length, 4.5 * Math.Sqrt(survival * (1 - survival) / factors.Length));
        Assert.IsTrue(factors.All(factor => factor == 0 || factor == (float)(1 / survival)));
    }

    [TestMethod]
    public void The_first_draws_do_not_depend_on_how_many_there_are()
    {
        var (few, many) = (new float[3], new float[100]);
        new StochasticDepth().Draw(few, RandomKey.FromSeed(2), step: 3, 0.5);
        new StochasticDepth().Draw(many, RandomKey.FromSeed(2), step: 3, 0.5);

        CollectionAssert.AreEqual(few, many[..3]);
    }

    [TestMethod]
    public void It_prints_what_differs_from_the_defaults()
    {
        Assert.AreEqual("stochastic depth 0.8", new StochasticDepth().ToString());
        Assert.AreEqual(
            "stochastic depth 0.5 in all blocks by row, original form",
            new StochasticDepth
            {
                SurvivalProbability = 0.5,
                Schedule = StochasticDepthSchedule.Constant,
                Granularity = StochasticDepthGranularity.Row,
                Form = StochasticDepthForm.Original,
            }.ToString());
    }

    [TestMethod]
    public void Training_and_scoring_factors_have_the_same_mean()
    {
        foreach (var form in Enum.GetValues<StochasticDepthForm>())
        {
            var depth = new StochasticDepth { Form = form };
            Assert.AreEqual(depth.ScoringFactor(0.3), 0.3 * depth.TrainingFactor(0.3), 1e-7);
        }
    }
}
