using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Transformers for texts as BERT names their tensors.</summary>
internal static class BertNames
{
    // The place of [UNK] in the vocabularies that were published.
    private const int UnknownPlace = 100;

    private static readonly string[] Projections = ["query", "key", "value"];
    private static readonly string[] LayerParts = ["weight", "bias"];

    private static readonly (string Own, string Published)[] BlockLayers =
    [
        ("attention.output", "attention.output.dense"), ("attention_norm", "attention.output.LayerNorm"), ("hidden.linear", "intermediate.dense"), ("linear", "output.dense"),
        ("mlp_norm", "output.LayerNorm"),
    ];

    /// <param name="network">The network.</param>
    /// <param name="text">The texts that it reads.</param>
    /// <param name="own">The shapes of its tensors.</param>
    public static PublishedNetwork Of(TextTransformerArchitecture network, TextInput text, IReadOnlyDictionary<string, long[]> own)
    {
        var width = network.Width;
        var rules = new List<TensorRule>
        {
            new("embedding.weight", new PublishedPart("embeddings.word_embeddings.weight", text.Vocabulary, width)) { Make = parts => Table(parts[0], width) },
            new(
                "positions.table", new PublishedPart("embeddings.position_embeddings.weight", -network.MaxLength, width),
                new PublishedPart("embeddings.token_type_embeddings.weight", -1, width)) { Make = parts => Places(parts[0], parts[1], network.MaxLength, width) },
        };
        AddSame("embedding_norm", "embeddings.LayerNorm");
        for (var block = 0; block < network.Depth; block++)
        {
            var (name, published) = ($"blocks.{block}.", $"encoder.layer.{block}.");
            foreach (var part in LayerParts)
            {
                long[] shape = part == "weight" ? [width, width] : [width];
                rules.Add(new($"{name}attention.qkv.{part}", [.. Projections.Select(projection => new PublishedPart($"{published}attention.self.{projection}.{part}", shape))]));
            }

            foreach (var (layer, theirs) in BlockLayers)
                AddSame(name + layer, published + theirs);
        }

        return new PublishedNetwork(rules, "pooler.*", "cls.*", "classifier.*", "*position_ids");

        void AddSame(string name, string published) =>
            rules.AddRange(LayerParts.Select(part => new TensorRule($"{name}.{part}", new PublishedPart($"{published}.{part}", own[$"{name}.{part}"]))));
    }

    // Behind the rows of padding, which is 0, and of tokens that are missing, which are unknown ones.
    private static float[] Table(float[] words, int width)
    {
        var table = new float[words.Length + TextInput.FirstWord * width];
        words.CopyTo(table, TextInput.FirstWord * width);
        if (words.Length > UnknownPlace * width)
            words.AsSpan(UnknownPlace * width, width).CopyTo(table.AsSpan(TextInput.Unknown * width));
        return table;
    }

    // All tokens of a single text are of the first type.
    private static float[] Places(float[] places, float[] types, int length, int width) => [.. places.Take(length * width).Select((value, i) => value + types[i % width])];
}
