namespace Microsoft.ML.Regularization.Networks;

/// <summary>The trained first layer of a transformer in managed code: rows to the vectors of their tokens.</summary>
internal abstract class TokenVectors
{
    /// <summary>Its linear layers.</summary>
    public virtual IReadOnlyList<ScoringLayer> Layers => [];

    /// <summary>That of a network.</summary>
    /// <param name="layers">Its layers.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    public static TokenVectors Read(IReadOnlyList<LayerDescription> layers, TrainedParts parts) => layers[0] switch
    {
        PatchesDescription patches => new PatchVectors(
            new ImagePatches(patches.Image, patches.Size), new ScoringLayerReader(parts.Context, parts.Weights, parts.Recipe.Dropout).ReadAll(layers.Skip(1).Take(1)).Single()),
        TokensDescription tokens => new WordVectors(parts.Weights.Read(parts.Context, tokens.Name + ".weight", tokens.Count, tokens.Width), tokens.Width),
        var other => throw new ArgumentException($"{other} gives no tokens.", nameof(layers)),
    };

    /// <summary>Tokens of a row.</summary>
    public abstract int CountIn(ReadOnlySpan<float> row);

    /// <summary>The vectors of all tokens, in their order (tokens, width).</summary>
    /// <param name="memory">Gets the tokens; the vectors stand in its wide memory.</param>
    /// <param name="rows">(count, floats of a row).</param>
    /// <param name="count">How many rows.</param>
    public abstract ReadOnlySpan<float> Embed(TokenStates memory, ReadOnlySpan<float> rows, int count);
}
