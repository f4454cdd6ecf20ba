using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Manifold mixup: each step mixes the rows of its batch at one layer of the network, <c>lambda h + (1 - lambda) h'</c> with h' the batch in another
/// order, and their targets alike (Verma, Lamb, Beckham, Najafi, Mitliagkas, Lopez-Paz and Bengio, "Manifold mixup: better representations by interpolating
/// hidden states", 2019). The step draws the layer uniformly, the order, and one <c>lambda ~ Beta(Alpha, Alpha)</c>. Rows mix by their example weights
/// too: a mixed row weighs <c>lambda w + (1 - lambda) w'</c>, and its target is the mean of both by their parts in it. For cross entropy that is exactly
/// the loss of both targets by their parts; for the squared loss it has the same gradient. Rows of weight 0 are neither mixed nor partners.
/// </summary>
public sealed record ManifoldMixup
{
    /// <summary>The number of layers to choose from if <see cref="Layers"/> is not set, or fewer if the network has fewer.</summary>
    internal const int UsualLayers = 3;

    /// <summary>
    /// Lambda is drawn from Beta(Alpha, Alpha): above 0 (almost no mixing) and at most 1,000,000 (halves); 1 draws it uniformly. Default: 2.
    /// </summary>
    public double Alpha { get; init; } = 2;

    /// <summary>
    /// The layers to choose from: 0 is the scaled input, k the output of hidden layer k, its noise included. Each layer must exist and may be listed only
    /// once. Default: none, which chooses as the paper does from the input and the first two hidden layers, or as many as there are.
    /// </summary>
    public ValueList<int>? Layers { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var at = Layers is null ? "" : $" at layers {Layers}";
        return string.Create(CultureInfo.InvariantCulture, $"manifold mixup {Alpha}{at}");
    }

    internal Demand Demand => new(
        nameof(ManifoldMixup), ToString(), Capabilities.MixedTargets | Capabilities.MixableStates, "mixes rows on their way through the network", "leave ManifoldMixup out");

    internal void Validate(IExceptionContext context)
    {
        context.CheckAbove(Alpha, $"{nameof(ManifoldMixup)}.{nameof(Alpha)}", 0);
        context.CheckBetween(Alpha, $"{nameof(ManifoldMixup)}.{nameof(Alpha)}", 0, BetaDistribution.GreatestAlpha);
        if (Layers is null)
            return;

        const string Option = $"{nameof(ManifoldMixup)}.{nameof(Layers)}";
        if (Layers.Count == 0)
            throw context.ExceptUserArg(Option, $"{Option} must name a layer; null chooses as the paper does.");
        for (var i = 0; i < Layers.Count; i++)
        {
            context.CheckAtLeast(Layers[i], $"{Option}[{i}]", 0);
            if (Layers.Take(i).Contains(Layers[i]))
                throw context.ExceptUserArg(Option, $"{Option} names layer {Layers[i]} twice.");
        }
    }

    /// <summary>The layers to choose from in a network of so many.</summary>
    internal ValueList<int> LayersOf(int count) => Layers ?? [.. Enumerable.Range(0, Math.Min(count, UsualLayers))];
}
