using Microsoft.ML.Regularization;

namespace RegularizerEffects;

/// <summary>One way to train the network: what differs from training without regularization.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Change">Makes its options of those without regularization.</param>
/// <param name="MixupAlpha">See <see cref="MixupOptions.Alpha"/>; 0 mixes nothing.</param>
internal sealed record Variant(string Name, Func<NeuralNetworkOptions, NeuralNetworkOptions> Change, double MixupAlpha = 0)
{
    public static Variant Of(string name, RegularizationRecipe recipe) => new(name, options => options with { Recipe = recipe });
}
