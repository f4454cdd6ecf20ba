using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tasks.Pretext;

/// <summary>The losses of pretext tasks, against their formulas in double precision and against finite differences.</summary>
[TestClass]
public sealed class PretextObjectiveTests
{
    private static readonly RowCells Cells = new(new PretextRows(
        NetworkArchitecture.Mlp(4), new InputLayout { Numbers = 2, Categories = [new CategoryInput("Town", 1, 3), new CategoryInput("Kind", 1, 2)] }, default));

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(0.2)]
    public void Contrast_is_InfoNCE(double temperature)
    {
        const int rows = 4;
        const int size = 3;
        double[] factors = [0.1, 0.4, 0.2, 0.3];
        Check(new ContrastObjective(temperature), Numbers(2 * rows * size, 1), 2 * rows, [], factors, outputs =>
        {
            var loss = 0.0;
            for (var i = 0; i < rows; i++)
            {
                var similarities = Enumerable.Range(0, rows).Select(k => Cosine(outputs, i, rows + k) / temperature).ToArray();
                loss -= factors[i] * (similarities[i] - Math.Log(similarities.Sum(Math.Exp)));
            }

            return loss;
        });

        static double Cosine(double[] outputs, int one, int other)
        {
            var (dot, first, second) = (0.0, 0.0, 0.0);
            for (var i = 0; i < size; i++)
            {
                var (a, b) = (outputs[one * size + i], outputs[other * size + i]);
                (dot, first, second) = (dot + a * b, first + a * a, second + b * b);
            }

            return dot / Math.Sqrt(first * second);
        }
    }

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(0.0)]
    public void Denoising_is_the_mean_over_cells(double weight)
    {
        // Numbers, whether they were given, whether each of four cells was changed, two keys.
        double[][] targets = [[0.5, -1, 1, 0, 1, 0, 0, 1, 2, 0], [0, 2, 1, 1, 0, 0, 1, 0, 3, 2]];
        double[] factors = [0.7, 0.3];
        Check(new DenoisingObjective(Cells, weight), Numbers(2 * 13, 2), 2, [.. targets.SelectMany(row => row)], factors, outputs =>
        {
            var sum = 0.0;
            for (var row = 0; row < 2; row++)
            {
                var (own, target, loss) = (outputs.Skip(row * 13).Take(13).ToArray(), targets[row], 0.0);
                for (var number = 0; number < 2; number++)
                    loss += target[2 + number] * Math.Pow(own[number] - target[number], 2) / 2;
                for (var cell = 0; cell < 4; cell++)
                {
                    var probability = 1 / (1 + Math.Exp(-own[2 + cell]));
                    loss -= weight * Math.Log(target[4 + cell] == 1 ? probability : 1 - probability);
                }

                loss += CrossEntropy(own[6..10], (int)target[8]) + CrossEntropy(own[10..13], (int)target[9]);
                sum += factors[row] * loss / 4;
            }

            return sum;
        });
    }

    [TestMethod]
    public void Masked_tokens_are_told_by_their_mean_cross_entropy()
    {
        using var scope = torch.NewDisposeScope();
        var numbers = Numbers(3 * 5, 3);
        using var targets = torch.tensor(new long[] { 4, 0, 2 });
        var loss = new MaskedTokenObjective().Sum(FloatTensors.Of([.. numbers.Select(value => (float)value)], 3, 5), targets, FloatTensors.Ones(3)).item<float>();

        var expected = (CrossEntropy(numbers[..5], 4) + CrossEntropy(numbers[5..10], 0) + CrossEntropy(numbers[10..], 2)) / 3;
        Assert.AreEqual(expected, loss, 1e-6);
    }

    private static double CrossEntropy(double[] logits, int value) => Math.Log(logits.Sum(Math.Exp)) - logits[value];

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4 - 2)];
    }

    private static void Check(Objective objective, double[] outputs, int rows, double[] targets, double[] factors, Func<double[], double> formula)
    {
        using var scope = torch.NewDisposeScope();
        var tensor = Of(outputs, rows).requires_grad_();
        var loss = objective.Sum(tensor, targets.Length == 0 ? FloatTensors.Empty(0) : Of(targets, factors.Length), Of(factors, factors.Length).flatten());
        Assert.AreEqual(formula(outputs), loss.item<float>(), 1e-5);

        var gradient = torch.autograd.grad([loss], [tensor])[0].contiguous().data<float>().ToArray();
        const double step = 1e-5;
        for (var i = 0; i < outputs.Length; i++)
        {
            var (up, down) = (outputs.ToArray(), outputs.ToArray());
            up[i] += step;
            down[i] -= step;
            Assert.AreEqual((formula(up) - formula(down)) / (2 * step), gradient[i], 1e-5, $"output {i}");
        }
    }

    private static Tensor Of(double[] values, int rows) => FloatTensors.Of([.. values.Select(value => (float)value)], rows, values.Length / rows);
}
