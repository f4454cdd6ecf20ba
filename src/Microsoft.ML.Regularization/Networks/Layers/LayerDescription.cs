namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Describes the computation of a layer, without its weights. An architecture lists its layers in the order in which rows go through them; scorers, lists of
/// tensors and exports read them.
/// </summary>
internal abstract record LayerDescription;

/// <summary><c>x W^T + b</c>.</summary>
/// <param name="Name">The layer's name among the network's tensors, such as <c>hidden.0.linear</c>.</param>
/// <param name="Place">Its place among the linear layers, by which its noise is known.</param>
/// <param name="Inputs">Numbers before it.</param>
/// <param name="Outputs">Its units.</param>
internal sealed record LinearDescription(string Name, int Place, int Inputs, int Outputs) : LayerDescription
{
    /// <summary>Whether it gives the network's outputs.</summary>
    public bool IsOutput { get; init; }
}

/// <summary>A normalization that is not <see cref="Normalization.None"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Normalization">The kind.</param>
/// <param name="Units">Numbers before and behind it.</param>
internal sealed record NormalizationDescription(string Name, Normalization Normalization, int Units) : LayerDescription;

/// <summary>An activation of each number by itself.</summary>
/// <param name="Activation">The function.</param>
internal sealed record ActivationDescription(Activation Activation) : LayerDescription;

/// <summary>The noise of units while training; nothing at scoring.</summary>
internal sealed record NoiseDescription : LayerDescription;

/// <summary><c>x + f(x)</c>, of which f may be skipped while training.</summary>
/// <param name="Branch">The layers of f.</param>
internal sealed record ResidualDescription(IReadOnlyList<LayerDescription> Branch) : LayerDescription;
