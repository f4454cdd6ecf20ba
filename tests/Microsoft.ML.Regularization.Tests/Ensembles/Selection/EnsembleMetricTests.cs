namespace Microsoft.ML.Regularization.Tests.Ensembles.Selection;

/// <summary>Metrics of means by running sums against the metrics' formulas on means in double precision.</summary>
[TestClass]
public sealed class EnsembleMetricTests
{
    private static readonly int[] Members = [0, 2, 2, 3];

    [TestMethod]
    [DataRow(2, false)]
    [DataRow(2, true)]
    [DataRow(5, false)]
    [DataRow(5, true)]
    public void Loss_is_the_cross_entropy_of_the_mean_probabilities(int classes, bool isSoft)
    {
        var cases = SelectionCases.Classes(classes, rows: 3000, candidates: 4, seed: 1, isSoft);
        float[] classWeights = [.. Enumerable.Range(1, classes).Select(k => k / 2f)];
        var mean = cases.Mean(Members);
        var (loss, weights) = (0.0, 0.0);
        for (var row = 0; row < cases.Labels.Count; row++)
        {
            var label = cases.Labels[row];
            weights += label.Weight;
            for (var k = 0; k < classes; k++)
                loss -= label.Weight * classWeights[k] * (label.Class is { } hard ? (hard == k ? 1 : 0) : label.Values[k]) * Math.Log(mean[row * classes + k]);
        }

        Assert.AreEqual(loss / weights, Measure(cases, ValidationMetric.Loss, classWeights), 1e-5);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    public void Accuracy_becomes_the_share_of_wrong_rows(int classes)
    {
        var cases = SelectionCases.Classes(classes, rows: 500, candidates: 4, seed: 2);
        var rows = Enumerable.Range(0, cases.Labels.Count).ToList();
        var mean = cases.Mean(Members);
        var share = rows.Where(row => PredictedOf(row) != Of(row).Class).Sum(row => Of(row).Weight) / rows.Sum(row => (double)Of(row).Weight);
        var byClass = rows.GroupBy(row => Of(row).Class).Average(
            own => own.Where(row => PredictedOf(row) != Of(row).Class).Sum(row => Of(row).Weight) / own.Sum(row => (double)Of(row).Weight));

        Assert.IsTrue(share is > 0.05 and < 0.95);
        Assert.AreEqual(share, Measure(cases, ValidationMetric.Accuracy), 1e-9);
        Assert.AreEqual(byClass, Measure(cases, ValidationMetric.MacroAccuracy), 1e-9);

        int PredictedOf(int row) => Array.IndexOf(mean, mean.Skip(row * classes).Take(classes).Max(), row * classes) - row * classes;
        (int? Class, double Weight) Of(int row) => (cases.Labels[row].Class, cases.Labels[row].Weight);
    }

    [TestMethod]
    public void Area_is_the_share_of_pairs_in_the_wrong_order()
    {
        var cases = SelectionCases.Classes(2, rows: 120, candidates: 4, seed: 3);
        var mean = cases.Mean(Members);
        var (wrong, all) = (0.0, 0.0);
        for (var i = 0; i < cases.Labels.Count; i++)
        {
            for (var j = 0; j < cases.Labels.Count; j++)
            {
                if (cases.Labels[i].Class != 1 || cases.Labels[j].Class != 0)
                    continue;
                var weight = cases.Labels[i].Weight * cases.Labels[j].Weight;
                all += weight;
                wrong += mean[i * 2 + 1] < mean[j * 2 + 1] ? weight : 0;
            }
        }

        Assert.AreEqual(wrong / all, Measure(cases, ValidationMetric.AreaUnderRocCurve), 1e-6);
    }

    [TestMethod]
    public void Numbers_are_measured_by_their_errors()
    {
        var cases = SelectionCases.Numbers(rows: 2500, candidates: 4, seed: 4);
        var mean = cases.Mean(Members);
        var (absolute, square, weights) = (0.0, 0.0, 0.0);
        for (var row = 0; row < mean.Length; row++)
        {
            var (error, weight) = (mean[row] - cases.Labels[row].Values[0], cases.Labels[row].Weight);
            (absolute, square, weights) = (absolute + weight * Math.Abs(error), square + weight * error * error, weights + weight);
        }

        Assert.AreEqual(Math.Sqrt(square / weights), Measure(cases, ValidationMetric.RootMeanSquaredError), 1e-5);
        Assert.AreEqual(absolute / weights, Measure(cases, ValidationMetric.MeanAbsoluteError), 1e-5);
    }

    [TestMethod]
    public void The_probability_of_true_alone_is_as_good_as_both()
    {
        var cases = SelectionCases.Classes(2, rows: 300, candidates: 4, seed: 5);
        var alone = new SelectionCases { Labels = cases.Labels, Candidates = Array.ConvertAll(cases.Candidates, both => both.Where((_, i) => i % 2 == 1).ToArray()) };
        foreach (var metric in LearningTask.BinaryClassification.Metrics)
            Assert.AreEqual(Measure(cases, metric), Measure(alone, metric), 1e-6, $"{metric}");
    }

    [TestMethod]
    public void A_probability_of_0_costs_as_much_as_1_in_a_quadrillion()
    {
        var labels = new RowLabels(2);
        labels.Add(new RowLabel(1, [], 1));
        var metric = EnsembleMetrics.Create(ValidationMetric.Loss, labels, hasClasses: true);

        Assert.AreEqual(-Math.Log(1e-15), metric.Measure(new float[1], metric.Reduce([0f]), 1), 1e-4);
    }

    [TestMethod]
    public void Every_metric_of_a_task_is_there()
    {
        var (classes, numbers) = (SelectionCases.Classes(2, 10, 1, seed: 6), SelectionCases.Numbers(10, 1, seed: 6));
        foreach (var task in LearningTasks.All)
        {
            var isRegression = task == LearningTask.Regression;
            foreach (var metric in task.Metrics)
                Assert.IsNotNull(EnsembleMetrics.Create(metric, (isRegression ? numbers : classes).Labels, hasClasses: !isRegression));
        }

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => EnsembleMetrics.Create(ValidationMetric.Accuracy, numbers.Labels, hasClasses: false));
    }

    private static double Measure(SelectionCases cases, ValidationMetric metric, float[]? classWeights = null)
    {
        var measured = EnsembleMetrics.Create(metric, cases.Labels, cases.Labels.TargetSize > 1, classWeights);
        var reduced = Array.ConvertAll(cases.Candidates, candidate => measured.Reduce(candidate));
        var sum = new float[reduced[0].Length];
        foreach (var member in Members.SkipLast(1))
        {
            for (var i = 0; i < sum.Length; i++)
                sum[i] += reduced[member][i];
        }

        return measured.Measure(sum, reduced[Members[^1]], Members.Length);
    }
}
