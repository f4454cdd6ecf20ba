namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>Proposals against functions whose least value is known.</summary>
[TestClass]
public sealed class TreeParzenTests
{
    private const int Trials = 60;
    private const int Seeds = 60;

    [TestMethod]
    public void It_comes_nearer_to_a_known_optimum_than_random_draws()
    {
        // The function of Branin, whose least value is 0.397887, with a choice that adds up to 8.
        SearchDimension[] dimensions =
        [
            new NumberDimension("x", -5, 10, isLogarithmic: false, isWhole: false, (options, _) => options),
            new NumberDimension("y", 0, 15, isLogarithmic: false, isWhole: false, (options, _) => options),
            new ChoiceDimension<string>("choice", ["a", "b", "c", "d", "e"], (options, _) => options),
        ];
        double Loss(ValueList<TrialValue> values) => Branin(values[0].Value, values[1].Value) + 2 * Math.Abs(values[2].Value - 3);
        var (proposed, drawn) = Regrets(dimensions, Loss, optimum: 0.397887);
        Assert.IsLessThan(0.75 * Mean(drawn), Mean(proposed), $"{Mean(proposed)} of {Mean(drawn)}");
        Assert.IsGreaterThanOrEqualTo(42, proposed.Zip(drawn).Count(pair => pair.First < pair.Second), "seeds on which it is nearer");
    }

    [TestMethod]
    public void It_finds_a_narrow_rate_on_a_logarithmic_scale()
    {
        SearchDimension[] dimensions = [new NumberDimension("rate", 1e-6, 1, isLogarithmic: true, isWhole: false, (options, _) => options)];
        var (proposed, drawn) = Regrets(dimensions, values => Math.Pow(Math.Log10(values[0].Value / 3e-3), 2), optimum: 0);
        Assert.IsLessThan(0.5 * Mean(drawn), Mean(proposed), $"{Mean(proposed)} of {Mean(drawn)}");
    }

    [TestMethod]
    public void Observations_that_all_failed_lead_nowhere()
    {
        SearchDimension[] dimensions = [new NumberDimension("x", 0, 1, isLogarithmic: false, isWhole: false, (options, _) => options)];
        var proposals = new TreeParzen(dimensions);
        var failed = Enumerable.Range(0, 20).Select(i => new Observation([new TrialValue("x", i / 40.0)], double.PositiveInfinity)).ToList();
        var places = Enumerable.Range(0, 200).Select(i => proposals.Propose(failed, new KeyedStream(RandomKey.FromSeed(2), (ulong)i))[0].Value).ToList();
        Assert.AreEqual(0.5, places.Average(), 0.07);
    }

    private static (List<double> Proposed, List<double> Drawn) Regrets(SearchDimension[] dimensions, Func<ValueList<TrialValue>, double> loss, double optimum)
    {
        var (proposed, drawn) = (new List<double>(), new List<double>());
        var proposals = new TreeParzen(dimensions);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var key = RandomKey.FromSeed(seed);
            var observations = new List<Observation>();
            for (var trial = 0; trial < Trials; trial++)
            {
                var values = proposals.Propose(observations, new KeyedStream(key, (ulong)trial));
                observations.Add(new Observation(values, loss(values)));
            }

            proposed.Add(observations.Min(observation => observation.Loss) - optimum);
            drawn.Add(Enumerable.Range(0, Trials).Min(trial => loss(proposals.Draw(new KeyedStream(key, (ulong)trial)))) - optimum);
        }

        return (proposed, drawn);
    }

    private static double Mean(List<double> values) => values.Average();

    private static double Branin(double x, double y) =>
        Math.Pow(y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6, 2) + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
}
