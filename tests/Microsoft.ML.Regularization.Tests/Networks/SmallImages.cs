using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>Small made-up images and networks that read them.</summary>
internal static class SmallImages
{
    public static InputLayout Layout(int channels, int height, int width, ChannelOrder order = ChannelOrder.ChannelsFirst) =>
        new() { Numbers = channels * height * width, Image = new ImageShape(height, width, channels, order) };

    public static Network Create(
        NetworkArchitecture architecture, InputLayout layout, int outputs = 3, RegularizationRecipe? recipe = null, int seed = 1) =>
        architecture.CreateNetwork(layout, outputs, new NetworkBuilder(recipe ?? RegularizationRecipe.None, RandomKey.FromSeed(seed)));

    /// <summary>Rows (count, numbers) between -1 and 1, no two pixels alike.</summary>
    public static torch.Tensor Rows(int count, InputLayout layout) =>
        torch.sin(torch.arange(count * layout.Numbers, dtype: torch.ScalarType.Float32) * 1.7f).view(count, layout.Numbers);

    /// <summary>Normalizations get scales, shifts and statistics of their own, as training gives them.</summary>
    public static void Stir(Network network)
    {
        using var _ = torch.no_grad();
        foreach (var (name, value) in network.named_parameters().Select(named => (named.name, (torch.Tensor)named.parameter))
            .Concat(network.named_buffers().Select(named => (named.name, named.buffer))))
        {
            if (value.dim() == 1)
                value.add_(torch.sin(torch.arange(value.numel(), dtype: torch.ScalarType.Float32) + name.Length) * 0.3f);
        }
    }
}
