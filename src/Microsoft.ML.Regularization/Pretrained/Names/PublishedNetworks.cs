using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>The kinds of published networks that a network of the library reads. A new one is added here.</summary>
internal static class PublishedNetworks
{
    // The layer that is new in every network.
    private const string Head = "output.";

    /// <param name="architecture">The network.</param>
    /// <param name="input">Its input.</param>
    /// <param name="own">The names and shapes of its tensors.</param>
    /// <returns>The kinds in the order in which they are tried; the last one has the library's own names.</returns>
    public static IReadOnlyList<PublishedNetwork> Of(NetworkArchitecture architecture, InputLayout input, IReadOnlyDictionary<string, long[]> own)
    {
        var named = new PublishedNetwork(
            [.. own.Where(tensor => !tensor.Key.StartsWith(Head, StringComparison.Ordinal)).Select(tensor => new TensorRule(tensor.Key, new PublishedPart(tensor.Key, tensor.Value)))],
            Head + "*", "scaling.*");
        return architecture switch
        {
            ImageNetResNetArchitecture network => [TorchvisionNames.Of(network, own), named],
            VisionTransformerArchitecture network => [TimmNames.Of(network, input.Image!, own), named],
            TextTransformerArchitecture { IsBert: true } network => [BertNames.Of(network, input.Text!, own), named],
            _ => [named],
        };
    }
}
