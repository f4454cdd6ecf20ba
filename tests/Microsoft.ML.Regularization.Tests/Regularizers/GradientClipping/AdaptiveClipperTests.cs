using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class AdaptiveClipperTests
{
    [TestMethod]
    public void Each_unit_is_clipped_to_its_share_of_its_weights()
    {
        // Norms of weights 5, 1, 0 and 10; of gradients 10, 0.05, 2 and 1.
        float[] weights = [3, 4, 0, 1, 0, 0, 6, 8];
        float[] gradients = [6, 8, 0.03f, 0.04f, 0, 2, 0.6f, 0.8f];
        AdaptiveClipper.Clip(weights, gradients, columns: 2, ratio: 0.1);
        Closeness.AssertClose([0.3, 0.4, 0.03, 0.04, 0, 0.0001, 0.6, 0.8], gradients, 1e-6, "gradients");
    }

    [TestMethod]
    public void Torch_calls_give_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        float[] weights = [.. Enumerable.Range(0, 70).Select(_ => random.NextSingle() - 0.5f)];
        float[] gradients = [.. Enumerable.Range(0, 70).Select(_ => random.NextSingle() - 0.5f)];
        gradients.AsSpan(0, 7).Clear();
        weights.AsSpan(7, 7).Clear();
        var tensor = torch.tensor(gradients.ToArray(), [10, 7]);
        AdaptiveClipper.Clip(torch.tensor(weights, [10, 7]), tensor, 0.9);
        AdaptiveClipper.Clip(weights, gradients, 7, 0.9);
        Closeness.AssertClose(gradients.Select(value => (double)value).ToArray(), tensor.data<float>().ToArray(), 1e-6, "gradients");
    }
}
