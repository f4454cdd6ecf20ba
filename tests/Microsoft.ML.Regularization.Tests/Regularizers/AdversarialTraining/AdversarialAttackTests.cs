using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Randomness;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class AdversarialAttackTests
{
    private static readonly JsonElement Golden = GoldenFile.Read("fgsm_pgd.json");

    [TestMethod]
    public void Attacks_are_PyTorchs()
    {
        using var scope = torch.NewDisposeScope();
        var weight = Matrix(Golden.GetProperty("W"));
        using var network = NetworkArchitecture.Mlp()
            .CreateNetwork((int)weight.shape[1], (int)weight.shape[0], new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using (torch.no_grad())
        {
            var parameters = network.named_parameters().ToDictionary(named => named.name, named => named.parameter);
            parameters["output.weight"].copy_(weight);
            parameters["output.bias"].copy_(torch.tensor(Golden.GetProperty("b").Floats()));
        }

        var features = Matrix(Golden.GetProperty("x"));
        var labels = torch.tensor(Golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt64()).ToArray());
        var targets = torch.nn.functional.one_hot(labels, weight.shape[0]).to(torch.ScalarType.Float32);
        var rows = features.shape[0];
        var batch = new TrainingBatch(features, targets, torch.full(rows, 1f / rows));
        var objective = new CrossEntropyObjective();
        using var pass = network.Begin(isTraining: true);
        var seen = new HashSet<string>();
        foreach (var golden in Golden.GetProperty("cases").EnumerateArray())
        {
            var (name, epsilon) = (golden.GetProperty("name").GetString()!, golden.GetProperty("eps").GetDouble());
            seen.Add(name);
            torch.Tensor attacked;
            if (name == "FGSM")
            {
                var free = new FgsmAttack(new LossPasses(network, objective), new FgsmTraining(epsilon)).Attack(batch, cleanGradient: null);
                Closeness.AssertClose(golden.GetProperty("x_adv_unclamped").Numbers(), free.data<float>().ToArray(), 1e-6, name);
                attacked = new FgsmAttack(new LossPasses(network, objective), new FgsmTraining(epsilon) { MinValue = 0, MaxValue = 1 }).Attack(batch, cleanGradient: null);
                Closeness.AssertClose(golden.GetProperty("x_adv").Numbers(), attacked.data<float>().ToArray(), 1e-6, name);
            }
            else
            {
                var options = new PgdTraining(epsilon)
                {
                    StepSize = golden.GetProperty("step").GetDouble(),
                    Steps = golden.GetProperty("steps").GetInt32(),
                    Norm = name == "PGD_L2" ? AdversarialNorm.L2 : AdversarialNorm.LInfinity,
                    MinValue = 0,
                    MaxValue = 1,
                };
                var attack = new PgdAttack(new LossPasses(network, objective), options, RandomKey.FromSeed(1));
                var start = golden.TryGetProperty("start", out var given) && given.ValueKind == JsonValueKind.Array ? Matrix(given) : null;
                attacked = features;
                var steps = 0;
                foreach (var expected in golden.GetProperty("x_after_each_step").EnumerateArray())
                {
                    attacked = attack.Attack(batch, start, ++steps);
                    Closeness.AssertClose(expected.Numbers(), attacked.data<float>().ToArray(), 1e-5, $"{name}, step {steps}");
                }

                Assert.AreEqual(options.Steps, steps);
            }

            var loss = objective.Sum(network.forward(attacked), targets, batch.RowFactors).item<float>();
            Assert.AreEqual(golden.GetProperty("loss_adv").GetDouble(), loss, 1e-5, name);
        }

        CollectionAssert.AreEquivalent((string[])["FGSM", "PGD_Linf", "PGD_L2"], seen.ToArray());
    }

    [TestMethod]
    public void What_a_row_lacks_is_not_attacked_and_all_else_is_as_without_it()
    {
        using var scope = torch.NewDisposeScope();
        using var network = NetworkArchitecture.Mlp().CreateNetwork(4, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        float[] numbers = [0.5f, 1, -2, 0, 3, 7, 0, 1];
        var given = torch.tensor(new[] { true, true, true, false, true, false, true, false }, [2, 4]);
        var batch = new TrainingBatch(torch.tensor(numbers, [2, 4]), torch.tensor(new float[] { 1, 0, 0, 1 }, [2, 2]), torch.full(2, 0.5f)) { Given = given };
        using var pass = network.Begin(isTraining: true);
        foreach (var attack in new AdversarialTraining[]
        {
            AdversarialTraining.Fgsm(0.25), new FgsmTraining(0.25) { MinValue = 2, MaxValue = 2.5 }, AdversarialTraining.Pgd(0.25), new PgdTraining(0.25) { Norm = AdversarialNorm.L2 },
        })
        {
            var attacked = AdversarialAttack.Create(attack, new LossPasses(network, new CrossEntropyObjective()), RandomKey.FromSeed(2)).Attack(batch, cleanGradient: null).data<float>().ToArray();
            foreach (var lacking in new[] { 3, 5, 7 })
                Assert.AreEqual(numbers[lacking], attacked[lacking], attack.ToString());
            Assert.AreNotEqual(numbers[0], attacked[0], attack.ToString());
            Assert.AreNotEqual(numbers[4], attacked[4], attack.ToString());
        }

        // The steepest way within reach is along the gradient of what can be moved.
        var steepest = new PgdAttack(new LossPasses(network, new CrossEntropyObjective()), new PgdTraining(0.25) { Norm = AdversarialNorm.L2, StepSize = 0.25, Steps = 1, RandomStart = false }, RandomKey.FromSeed(2));
        var change = (steepest.Attack(batch, start: null, steps: 1) - batch.Features).norm(dim: 1).data<float>().ToArray();
        Closeness.AssertClose([0.25, 0.25], change, 1e-5, "length of the change");
    }

    [TestMethod]
    public void Starts_are_uniform_within_reach()
    {
        using var scope = torch.NewDisposeScope();
        using var network = NetworkArchitecture.Mlp().CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        const int rows = 20_000;
        var cube = Start(AdversarialNorm.LInfinity, step: 4);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(cube, x => (x + 0.4) / 0.8));

        // In a ball of three dimensions the cube of the radius is uniform, and so is each coordinate of the direction (Archimedes).
        var ball = Start(AdversarialNorm.L2, step: 4).Chunk(3).ToList();
        var radii = ball.ConvertAll(row => Math.Sqrt(row.Sum(value => value * value)));
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(radii.Select(radius => Math.Pow(radius / 0.4, 3)), x => x));
        for (var i = 0; i < 3; i++)
            Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(ball.Zip(radii, (row, radius) => row[i] / radius), x => (x + 1) / 2));

        CollectionAssert.AreEqual(cube, Start(AdversarialNorm.LInfinity, step: 4));
        CollectionAssert.AreNotEqual(cube, Start(AdversarialNorm.LInfinity, step: 5));

        double[] Start(AdversarialNorm norm, ulong step) =>
        [
            .. new PgdAttack(new LossPasses(network, new CrossEntropyObjective()), new PgdTraining(0.4) { Norm = norm }, RandomKey.FromSeed(2))
                .Start([rows, 3], step).data<float>().ToArray().Select(value => (double)value),
        ];
    }

    private static torch.Tensor Matrix(JsonElement rows) => torch.tensor(rows.Floats(), [rows.GetArrayLength(), rows[0].GetArrayLength()]);
}
