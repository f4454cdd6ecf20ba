namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Describes the computation of a layer, without its weights. An architecture lists its layers in the order in which rows go through them; scorers, lists of
/// tensors and exports read them.
/// </summary>
internal abstract record LayerDescription
{
    /// <summary>The names and shapes of its tensors; those of linear layers, normalizations, branches and categories follow from what they say.</summary>
    public virtual IEnumerable<(string Name, long[] Shape)> Tensors => [];
}

/// <summary><c>x W^T + b</c>.</summary>
/// <param name="Name">The layer's name among the network's tensors, such as <c>hidden.0.linear</c>.</param>
/// <param name="Place">Its place among the linear layers, by which its noise is known.</param>
/// <param name="Inputs">Numbers before it.</param>
/// <param name="Outputs">Its units.</param>
internal sealed record LinearDescription(string Name, int Place, int Inputs, int Outputs) : LayerDescription
{
    /// <summary>Whether it gives the network's outputs.</summary>
    public bool IsOutput { get; init; }

    /// <summary>What the tensor of weights is multiplied by to be W.</summary>
    public double WeightFactor { get; init; } = 1;

    /// <summary>What the tensor of biases is multiplied by to be b.</summary>
    public double BiasFactor { get; init; } = 1;
}

/// <summary>A normalization that is not <see cref="Normalization.None"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Normalization">The kind.</param>
/// <param name="Units">Numbers before and behind it.</param>
internal sealed record NormalizationDescription(string Name, Normalization Normalization, int Units) : LayerDescription
{
    /// <summary>Is added to the variance.</summary>
    public double Epsilon { get; init; } = LayerNormLayer.UsualEpsilon;
}

/// <summary>An activation of each number by itself.</summary>
/// <param name="Activation">The function.</param>
internal sealed record ActivationDescription(Activation Activation) : LayerDescription;

/// <summary><c>x + a (f(x) - x)</c> with an a for each unit, which is the tensor <c>mixing</c> times a factor.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Activation">f.</param>
/// <param name="Units">Numbers before and behind it.</param>
/// <param name="Factor">The factor.</param>
internal sealed record ParametricActivationDescription(string Name, Activation Activation, int Units, double Factor) : LayerDescription
{
    public override IEnumerable<(string Name, long[] Shape)> Tensors => [(Name + ".mixing", [Units])];
}

/// <summary><c>x a</c> with an a for each unit, which is the tensor <c>factor</c> times a factor.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Units">Numbers before and behind it.</param>
/// <param name="Factor">The factor.</param>
internal sealed record ScaleDescription(string Name, int Units, double Factor) : LayerDescription
{
    public override IEnumerable<(string Name, long[] Shape)> Tensors => [(Name + ".factor", [Units])];
}

/// <summary>Numbers or keys of a row become vectors, before all other layers.</summary>
internal abstract record EmbeddingDescription : LayerDescription;

/// <summary>Keys, the last floats of a row, become vectors, one behind the other.</summary>
/// <param name="Tables">One for each key.</param>
internal sealed record CategoriesDescription(IEnumerable<CategoryTable> Tables) : EmbeddingDescription;

/// <summary>Flags among the first numbers of a row move behind the others of them, which are embedded next.</summary>
/// <param name="Numbers">How many numbers, of either kind.</param>
/// <param name="Flags">Their places, ascending.</param>
internal sealed record FlagsDescription(int Numbers, IReadOnlyList<int> Flags) : EmbeddingDescription;

/// <summary>The first numbers of a row become vectors, one behind the other, and what stands behind them stays.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Numbers">How many.</param>
internal abstract record NumberEmbeddingDescription(string Name, int Numbers) : EmbeddingDescription;

/// <summary>The noise of units while training; nothing at scoring.</summary>
internal sealed record NoiseDescription : LayerDescription;

/// <summary><c>x + f(x)</c>, of which f may be skipped while training.</summary>
/// <param name="Branch">The layers of f.</param>
internal sealed record ResidualDescription(IReadOnlyList<LayerDescription> Branch) : LayerDescription
{
    /// <summary>Maps that f adds to those of x, of which every second place stays in height and width; 0 where x stays itself.</summary>
    public int NewChannels { get; init; }

    /// <summary>Layers that x goes through before f is added to it; none where it stays itself.</summary>
    public IReadOnlyList<LayerDescription> Shortcut { get; init; } = [];
}
