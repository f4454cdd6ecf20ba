namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Vision transformers (ViT, DeiT) as the package timm names their tensors.</summary>
internal static class TimmNames
{
    private static readonly (string Own, string Published)[] BlockLayers =
    [
        ("attention_norm", "norm1"), ("attention.qkv", "attn.qkv"), ("attention.output", "attn.proj"), ("mlp_norm", "norm2"), ("hidden.linear", "mlp.fc1"),
        ("linear", "mlp.fc2"),
    ];

    /// <param name="network">The network.</param>
    /// <param name="image">The images that it reads.</param>
    /// <param name="own">The shapes of its tensors.</param>
    public static PublishedNetwork Of(VisionTransformerArchitecture network, ImageShape image, IReadOnlyDictionary<string, long[]> own)
    {
        var positions = own["positions.table"];
        var rules = new List<TensorRule>
        {
            new("embedding.linear.weight", new PublishedPart("patch_embed.proj.weight", network.Width, image.Channels, network.PatchSize, network.PatchSize)) { ReadsPixels = true },
            Same("embedding.linear.bias", "patch_embed.proj.bias"),
            new("positions.table", new PublishedPart("pos_embed", 1, positions[0], positions[1])),
        };
        if (network.Pooling == TokenPooling.ClassToken)
            rules.Add(new("class_token.token", new PublishedPart("cls_token", 1, 1, network.Width)));
        for (var block = 0; block < network.Depth; block++)
        {
            foreach (var (layer, published) in BlockLayers)
            {
                rules.Add(Same($"blocks.{block}.{layer}.weight", $"blocks.{block}.{published}.weight"));
                rules.Add(Same($"blocks.{block}.{layer}.bias", $"blocks.{block}.{published}.bias"));
            }
        }

        rules.Add(Same("norm.weight", "norm.weight"));
        rules.Add(Same("norm.bias", "norm.bias"));
        return new PublishedNetwork(rules, "head.*", "head_dist.*", "pre_logits.*");

        TensorRule Same(string name, string published) => new(name, new PublishedPart(published, own[name]));
    }
}
