namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Residual networks as torchvision names their tensors.</summary>
internal static class TorchvisionNames
{
    private static readonly string[] NormalizationParts = ["weight", "bias", "running_mean", "running_var"];

    /// <param name="network">The network.</param>
    /// <param name="own">The shapes of its tensors.</param>
    public static PublishedNetwork Of(ImageNetResNetArchitecture network, IReadOnlyDictionary<string, long[]> own)
    {
        var rules = new List<TensorRule>();
        Add("stem", "conv1", "stem_norm", "bn1");
        rules[0] = rules[0] with { ReadsPixels = true };
        foreach (var (place, shape) in network.Shapes().Index())
        {
            var (name, published) = ($"blocks.{place}.", $"layer{shape.Stage + 1}.{shape.Place}.");
            for (var number = 1; number <= shape.Convolutions().Count; number++)
                Add($"{name}conv{number}", $"{published}conv{number}", $"{name}norm{number}", $"{published}bn{number}");
            if (shape.IsProjected)
                Add(name + "shortcut", published + "downsample.0", name + "shortcut_norm", published + "downsample.1");
        }

        return new PublishedNetwork(rules, "fc.*", "*.num_batches_tracked");

        void Add(string convolution, string publishedConvolution, string normalization, string publishedNormalization)
        {
            rules.Add(Same(convolution + ".weight", publishedConvolution + ".weight"));
            foreach (var part in NormalizationParts)
                rules.Add(Same($"{normalization}.{part}", $"{publishedNormalization}.{part}"));
        }

        TensorRule Same(string name, string published) => new(name, new PublishedPart(published, own[name]));
    }
}
