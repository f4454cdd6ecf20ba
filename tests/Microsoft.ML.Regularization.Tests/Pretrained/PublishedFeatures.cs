using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>What a network with published weights makes of rows before its last layer.</summary>
internal static class PublishedFeatures
{
    /// <param name="architecture">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="layout">Its input.</param>
    /// <param name="width">Numbers before its last layer.</param>
    /// <param name="rows">The rows.</param>
    public static float[] Of(NetworkArchitecture architecture, PretrainedWeights weights, InputLayout layout, int width, torch.Tensor rows)
    {
        using var scope = torch.NewDisposeScope();
        using var network = architecture.CreateNetwork(layout, width, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        weights.Match(architecture, layout).Weights.CopyTo(network);
        if (weights.Pixels is { } pixels)
            network.ScaleInputs(pixels.ScalerOf(new MLContext(), layout.Image!));

        // A last layer that changes nothing.
        using var _ = torch.no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (name == "output.weight")
                parameter.copy_(torch.eye(width));
        }

        using var pass = network.Begin(isTraining: false);
        return network.forward(rows).data<float>().ToArray();
    }
}
