using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tasks.Losses;

/// <summary>What holds for every objective.</summary>
[TestClass]
public sealed class ObjectiveTests
{
    private static IEnumerable<object[]> All =>
    [
        [new CrossEntropyObjective(), 4, 4],
        [new CrossEntropyObjective(), 1, 2],
        [new FocalObjective(2), 4, 4],
        [new FocalObjective(0.5), 1, 2],
        [new FocalObjective(0), 1, 2],
        [new SquaredObjective(), 1, 1],
        [new AbsoluteObjective(), 1, 1],
        [new HuberObjective(0.7), 1, 1],
        [new CustomObjective("own squared loss", new OwnSquaredLoss()), 1, 1],
        [new CustomObjective("own cross-entropy", new OwnCrossEntropy()), 4, 4],
    ];

    [TestMethod]
    public void Every_objective_is_among_these()
    {
        // Those of pre-training are of whole batches: see PretextObjectiveTests.
        var tested = All.Select(row => row[0].GetType()).ToHashSet();
        var objectives = typeof(Objective).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Objective)) && !type.IsSubclassOf(typeof(PretextObjective)) && !type.IsAbstract);
        CollectionAssert.IsSubsetOf(objectives.ToList(), tested.ToList());
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void The_sum_is_that_of_the_rows_and_its_gradient_that_of_finite_differences(object subject, int outputs, int targets)
    {
        const int rows = 9;
        var objective = (Objective)subject;
        var random = new Random(3);
        var values = Enumerable.Range(0, rows * outputs).Select(_ => (float)(random.NextDouble() * 6 - 3)).ToArray();
        var wanted = new float[rows * targets];
        for (var row = 0; row < rows; row++)
        {
            if (targets == 1)
                wanted[row] = (float)(random.NextDouble() * 4 - 2);
            else
                wanted[row * targets + row % targets] = 1 + row % 2;
        }

        float[] factors = [.. Enumerable.Range(0, rows).Select(row => 0.05f * (row + 1))];
        double Loss(float[] at) => Enumerable.Range(0, rows).Sum(row =>
            factors[row] * objective.OfRow(at.AsSpan(row * outputs, outputs), wanted.AsSpan(row * targets, targets)));

        using var scope = torch.NewDisposeScope();
        var tensor = torch.tensor(values, [rows, outputs], requires_grad: true);
        var sum = objective.Sum(tensor, torch.tensor(wanted, [rows, targets]), torch.tensor(factors));
        sum.backward();
        Assert.AreEqual(Loss(values), sum.item<float>(), 1e-5);

        const float step = 1f / 512;
        var gradient = tensor.grad!.data<float>().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var (up, down) = (values.ToArray(), values.ToArray());
            up[i] += step;
            down[i] -= step;
            Assert.AreEqual((Loss(up) - Loss(down)) / (2 * step), gradient[i], 1e-4, $"output {i}");
        }
    }

    [TestMethod]
    public void One_output_is_worth_two_of_which_the_first_is_zero()
    {
        foreach (var objective in new Objective[] { new CrossEntropyObjective(), new FocalObjective(3) })
        {
            foreach (var logit in new[] { -20f, -1.5f, 0, 0.3f, 7, 60 })
            {
                foreach (var target in new float[][] { [1, 0], [0, 1], [0.25f, 0.75f] })
                    Assert.AreEqual(objective.OfRow([0, logit], target), objective.OfRow([logit], target), 1e-9);
            }
        }
    }

    [TestMethod]
    public void The_focal_loss_is_the_cross_entropy_times_a_power_of_the_error()
    {
        // Lin et al., eq. 4: at p = 0.9 and gamma = 2 a row counts 100 times less.
        var logit = (float)Math.Log(0.9 / 0.1);
        Assert.AreEqual(-Math.Log(0.9) * 0.01, new FocalObjective(2).OfRow([logit], [0, 1]), 1e-8);
        Assert.AreEqual(new CrossEntropyObjective().OfRow([logit], [1, 0]) * 0.9 * 0.9, new FocalObjective(2).OfRow([logit], [1, 0]), 1e-7);
    }

    [TestMethod]
    public void The_huber_loss_is_squared_near_zero_and_straight_beyond()
    {
        var huber = new HuberObjective(2);
        Assert.AreEqual(new SquaredObjective().OfRow([1.5f], [0]), huber.OfRow([1.5f], [0]), 1e-9);
        Assert.AreEqual(2, huber.OfRow([2], [0]), 1e-9);
        Assert.AreEqual(2 + 3 * 2, huber.OfRow([-5], [0]), 1e-9);
    }

    [TestMethod]
    public void Confident_outputs_of_one_logit_stay_finite()
    {
        foreach (var objective in new Objective[] { new CrossEntropyObjective(0.5), new FocalObjective(0.5), new FocalObjective(2) })
        {
            using var scope = torch.NewDisposeScope();
            var logits = torch.tensor((float[])[-500, 500, 500, -500], [4, 1], requires_grad: true);
            var sum = objective.Sum(logits, torch.tensor((float[])[1, 0, 0, 1, 1, 0, 0, 1], [4, 2]), torch.full(4, 0.25f));
            sum.backward();
            Assert.IsTrue(float.IsFinite(sum.item<float>()), objective.ToString());
            Assert.IsTrue(logits.grad!.data<float>().All(float.IsFinite), objective.ToString());
        }
    }

    [TestMethod]
    public void An_entropy_threshold_leaves_unsure_predictions_alone()
    {
        using var scope = torch.NewDisposeScope();
        var limited = new CrossEntropyObjective(new ConfidencePenalty(0.5) { EntropyThreshold = 0.4 });
        var plain = new CrossEntropyObjective();
        foreach (var logit in new[] { 0.1f, 1f, 2.5f, 6f })
        {
            var p = 1 / (1 + Math.Exp(-logit));
            var entropy = -p * Math.Log(p) - (1 - p) * Math.Log(1 - p);
            Assert.AreEqual(Sum(plain, logit) + 0.5 * Math.Max(0, 0.4 - entropy), Sum(limited, logit), 1e-5);
        }

        static float Sum(Objective objective, float logit) =>
            objective.Sum(torch.full([1, 1], logit), torch.tensor((float[])[0, 1], [1, 2]), torch.ones(1)).item<float>();
    }
}
