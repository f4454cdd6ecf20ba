using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class MaxNormConstraintTests
{
    [TestMethod]
    public void Long_rows_are_scaled_to_the_norm_and_short_ones_left()
    {
        float[] matrix = [3, 4, 0.3f, 0.4f, -6, 8];
        MaxNormConstraint.Project(matrix, columns: 2, maxNorm: 1);
        Closeness.AssertClose([0.6, 0.8, 0.3, 0.4, -0.6, 0.8], matrix, 1e-6, "rows");
    }

    [TestMethod]
    public void Torch_calls_give_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        float[] matrix = [.. Enumerable.Range(0, 70).Select(_ => random.NextSingle() - 0.5f)];
        matrix.AsSpan(0, 7).Clear();
        var tensor = torch.tensor(matrix.ToArray(), [10, 7]);
        MaxNormConstraint.Project(tensor, 0.7);
        MaxNormConstraint.Project(matrix, 7, 0.7);
        Closeness.AssertClose(matrix.Select(value => (double)value).ToArray(), tensor.data<float>().ToArray(), 1e-6, "matrix");
    }

    [TestMethod]
    public void No_unit_of_a_trained_network_is_longer()
    {
        var (bounded, free) = (LongestRows(0.5), LongestRows(null));
        Assert.IsTrue(bounded.TrueForAll(norm => norm <= 0.5 + 1e-5));
        Assert.IsTrue(bounded.Exists(norm => norm > 0.499), "the bound is reached");
        Assert.IsTrue(free.TrueForAll(norm => norm > 0.6));
    }

    private static List<double> LongestRows(double? maxNorm)
    {
        var ml = new MLContext(seed: 1);
        var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(8, 8),
            Recipe = RegularizationRecipe.None with { MaxNorm = maxNorm },
            LearningRate = 0.01,
            MaxEpochs = 10,
        }).Fit(ml.Data.LoadFromEnumerable(Example.Clusters(120))).Model;
        return [.. model.Weights.Where(tensor => tensor.Shape.Count == 2).Select(tensor =>
            tensor.Values.ToArray().Chunk((int)tensor.Shape[1]).Max(row => Math.Sqrt(row.Sum(weight => (double)weight * weight))))];
    }
}
