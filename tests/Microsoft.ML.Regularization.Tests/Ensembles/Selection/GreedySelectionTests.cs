namespace Microsoft.ML.Regularization.Tests.Ensembles.Selection;

/// <summary>Greedy selection against the same by trying everything, with means computed anew in double precision.</summary>
[TestClass]
public sealed class GreedySelectionTests
{
    [TestMethod]
    [DataRow(1, 5, false)]
    [DataRow(1, 32, false)]
    [DataRow(3, 32, false)]
    [DataRow(1, 12, true)]
    [DataRow(3, 12, true)]
    public void Every_step_is_the_best_of_all(int first, int most, bool withReplacement)
    {
        for (var seed = 1; seed <= 8; seed++)
        {
            var cases = SelectionCases.Numbers(rows: 40, candidates: 9, seed);
            var greedy = new GreedySelection { FirstMembers = first, MostMembers = most, WithReplacement = withReplacement };
            var (selection, pool, metric) = Select(cases, greedy);

            var expected = Enumerable.Range(0, pool.Length).OrderBy(member => Loss(cases, [member])).ToList();
            expected = [.. expected.TakeWhile(member => Loss(cases, [member]) <= 1.25 * Loss(cases, [expected[0]])).Take(first)];
            while (expected.Count < most)
            {
                var rest = Enumerable.Range(0, pool.Length).Where(member => withReplacement || !expected.Contains(member)).ToList();
                if (rest.Count == 0)
                    break;
                var best = rest.MinBy(member => Loss(cases, [.. expected, member]));
                if (Loss(cases, [.. expected, best]) >= Loss(cases, expected))
                    break;
                expected.Add(best);
            }

            CollectionAssert.AreEqual(expected, selection.Members.ToList(), $"seed {seed}");
            Assert.AreEqual(Loss(cases, expected), selection.Loss, 1e-5);
        }
    }

    [TestMethod]
    public void It_can_go_on_where_no_candidate_improves_the_mean()
    {
        var fillings = 0;
        for (var seed = 1; seed <= 8; seed++)
        {
            var cases = SelectionCases.Numbers(rows: 40, candidates: 9, seed);
            var (stopped, pool, _) = Select(cases, new GreedySelection());
            var (filled, _, _) = Select(cases, new GreedySelection { MostMembers = 8, FillsUp = true });
            Assert.HasCount(8, filled.Members);
            CollectionAssert.AreEqual(stopped.Members.ToList(), filled.Members.Take(stopped.Members.Count).ToList());
            for (var count = stopped.Members.Count; count < 8; count++, fillings++)
            {
                var before = filled.Members.Take(count).ToList();
                Assert.AreEqual(Enumerable.Range(0, pool.Length).Except(before).MinBy(member => Loss(cases, [.. before, member])), filled.Members[count]);
            }

            Assert.AreEqual(Loss(cases, [.. filled.Members]), filled.Loss, 1e-5);
        }

        Assert.IsGreaterThan(8, fillings);
    }

    [TestMethod]
    public void It_finds_what_all_subsets_together_have_only_little_better()
    {
        var gains = new List<double>();
        for (var seed = 1; seed <= 20; seed++)
        {
            var cases = SelectionCases.Numbers(rows: 30, candidates: 8, seed);
            var (selection, pool, _) = Select(cases, new GreedySelection());
            var subsets = Enumerable.Range(1, (1 << pool.Length) - 1).Select(bits => Enumerable.Range(0, pool.Length).Where(k => (bits >> k & 1) == 1).ToList());
            var (best, single) = (subsets.Min(members => Loss(cases, members)), Enumerable.Range(0, pool.Length).Min(member => Loss(cases, [member])));

            Assert.IsGreaterThanOrEqualTo(best - 1e-5, selection.Loss);
            gains.Add((single - selection.Loss) / (single - best));
        }

        Assert.IsGreaterThan(0.9, gains.Average());
    }

    [TestMethod]
    public void An_ensemble_is_no_worse_than_the_best_alone()
    {
        foreach (var metric in LearningTask.BinaryClassification.Metrics)
        {
            var cases = SelectionCases.Classes(2, rows: 60, candidates: 12, seed: 9);
            var (selection, pool, measure) = Select(cases, new GreedySelection(), metric);

            Assert.IsLessThanOrEqualTo(pool.Min(candidate => measure.Measure(new float[candidate.Length], candidate, 1)), selection.Loss, $"{metric}");
        }
    }

    [TestMethod]
    public void Of_a_group_only_the_best_is_among_the_first()
    {
        var cases = SelectionCases.Numbers(rows: 50, candidates: 6, seed: 3);
        for (var k = 1; k < 6; k++)
            cases.Candidates[k] = Array.ConvertAll(cases.Candidates[0], value => value + 0.02f * k);
        var byLoss = Enumerable.Range(0, 6).OrderBy(member => Loss(cases, [member])).ToList();
        var groups = new int[6];
        groups[byLoss[0]] = groups[byLoss[1]] = groups[byLoss[2]] = 1;
        groups[byLoss[3]] = 2;

        var (selection, _, _) = Select(cases, new GreedySelection { FirstMembers = 2, MostMembers = 2 }, groups: groups);

        CollectionAssert.AreEqual(new[] { byLoss[0], byLoss[3] }, selection.Members.ToArray());
    }

    [TestMethod]
    public void Among_equal_ensembles_the_better_alone_wins_and_then_the_earlier()
    {
        var labels = new RowLabels(2);
        foreach (var hardClass in new[] { 0, 1, 1, 0 })
            labels.Add(new RowLabel(hardClass, [], 1));
        float[][] candidates =
        [
            [0.4f, 0.4f, 0.9f, 0.4f],
            [0.55f, 0.7f, 0.2f, 0.4f],
            [0.4f, 0.4f, 0.9f, 0.4f],
            [0.4f, 0.7f, 0.2f, 0.4f],
        ];

        var (selection, _, _) = Select(new SelectionCases { Labels = labels, Candidates = candidates }, new GreedySelection(), ValidationMetric.Accuracy);

        // The first, the third and the fourth have one error alone, the second has two; the second and the fourth correct the first alike.
        CollectionAssert.AreEqual(new[] { 0, 3 }, selection.Members.ToArray());
        Assert.AreEqual(0, selection.Loss);
    }

    [TestMethod]
    public void Candidates_that_are_no_numbers_are_not_taken()
    {
        var cases = SelectionCases.Numbers(rows: 20, candidates: 4, seed: 2);
        cases.Candidates[1][5] = float.NaN;
        var (selection, pool, metric) = Select(cases, new GreedySelection { FirstMembers = 4 });

        Assert.IsFalse(selection.Members.Contains(1));
        Assert.IsNull(new GreedySelection().Select([pool[1]], metric));
        Assert.IsNull(new GreedySelection().Select([], metric));
    }

    [TestMethod]
    public void Weights_count_how_often_a_candidate_was_added()
    {
        var weights = new EnsembleSelection([4, 1, 4, 4], 0).Weights;

        CollectionAssert.AreEqual(new[] { (4, 0.75), (1, 0.25) }, weights.ToArray());
    }

    private static (EnsembleSelection Selection, float[][] Pool, EnsembleMetric Metric) Select(
        SelectionCases cases, GreedySelection greedy, ValidationMetric? metric = null, int[]? groups = null)
    {
        var hasClasses = cases.Labels.TargetSize > 1;
        var measure = EnsembleMetrics.Create(metric ?? ValidationMetric.RootMeanSquaredError, cases.Labels, hasClasses);
        var pool = Array.ConvertAll(cases.Candidates, candidate => measure.Reduce(candidate));
        return (greedy.Select(pool, measure, groups)!, pool, measure);
    }

    private static double Loss(SelectionCases cases, IReadOnlyCollection<int> members)
    {
        var mean = cases.Mean(members);
        var (squares, weights) = (0.0, 0.0);
        for (var row = 0; row < mean.Length; row++)
        {
            var (error, weight) = (mean[row] - cases.Labels[row].Values[0], cases.Labels[row].Weight);
            (squares, weights) = (squares + weight * error * error, weights + weight);
        }

        return Math.Sqrt(squares / weights);
    }
}
