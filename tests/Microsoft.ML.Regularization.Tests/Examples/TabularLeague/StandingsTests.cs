using TabularLeague;

namespace Microsoft.ML.Regularization.Tests.Examples;

[TestClass]
public sealed class StandingsTests
{
    private static readonly Cell First = new(new Table("first", Prediction.Binary, "Label", "first.csv"), 300);
    private static readonly Cell Second = new(new Table("second", Prediction.Binary, "Label", "second.csv"), 300);
    private static readonly Entry Good = Of("Default", isOurs: true);
    private static readonly Entry Better = Of("TabM", isOurs: true);
    private static readonly Entry Trees = Of("LightGBM", isOurs: false);
    private static readonly Entry Linear = Of("SDCA", isOurs: false);

    [TestMethod]
    public void A_rank_does_not_depend_on_other_trainers_of_ours()
    {
        var ranks = Standings().MeanRanks([Good, Better, Trees, Linear]);

        Assert.AreEqual((1 + 2) / 2.0, ranks[Good]);
        Assert.AreEqual(1, ranks[Better]);
        Assert.AreEqual((2 + 1) / 2.0, ranks[Trees]);
        Assert.AreEqual(3, ranks[Linear]);
    }

    [TestMethod]
    public void Without_others_ours_are_ranked_together()
    {
        var ranks = Standings().MeanRanks([Good, Better]);

        Assert.AreEqual(2, ranks[Good]);
        Assert.AreEqual(1, ranks[Better]);
    }

    [TestMethod]
    public void Who_has_not_run_in_a_cell_is_compared_in_the_others()
    {
        var standings = Standings();

        CollectionAssert.AreEqual(new[] { First }, standings.Common(Better, Trees).ToList());
        Assert.AreEqual((1, 0), standings.Against(Better, Trees));
        Assert.AreEqual((1, 1), standings.Against(Good, Trees));
    }

    private static Entry Of(string name, bool isOurs) =>
        new(new Contestant(name, Settings: "", isOurs, (_, _) => throw new NotSupportedException()), TakesColumns: false, Build: "");

    private static Standings Standings() => new(Metric.Error, new Dictionary<(Cell, Entry), double[]>
    {
        [(First, Good)] = [0.2, 0.2],
        [(First, Better)] = [0.05, 0.15],
        [(First, Trees)] = [0.3, 0.2],
        [(First, Linear)] = [0.4, 0.5],
        [(Second, Good)] = [0.2, 0.2],
        [(Second, Trees)] = [0.1, 0.1],
        [(Second, Linear)] = [0.3, double.NaN],
    });
}
