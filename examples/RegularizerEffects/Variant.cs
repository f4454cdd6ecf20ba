using Microsoft.ML.Regularization;

namespace RegularizerEffects;

/// <summary>One way to train: how the network is regularized, and which network it is.</summary>
/// <param name="Name">What tables call it.</param>
internal sealed record Variant(string Name)
{
    public RegularizationRecipe Recipe { get; init; } = RegularizationRecipe.None;

    public NetworkArchitecture Architecture { get; init; } = NetworkArchitecture.Mlp(128, 128);

    /// <summary>The variant that it is compared with; null for one that others are compared with.</summary>
    public string? Against { get; init; } = "none";

    /// <summary>Whatever else differs.</summary>
    public Func<NeuralNetworkOptions, NeuralNetworkOptions> Change { get; init; } = options => options;
}
