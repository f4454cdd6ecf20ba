using System.Globalization;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The layers that a network's tensors belong to, by their names, and the learning rates of these: see <see cref="FineTuning"/>.</summary>
/// <param name="names">The network's tensors.</param>
internal sealed class BodyLayers(IEnumerable<string> names)
{
    private const string Head = "output.";
    private const string LastNormalization = "norm.";

    // What networks call their layers of equal kind.
    private static readonly string[] Lists = ["blocks", "hidden", "ahead", "back"];

    private readonly int _blocks = names.Max(BlockOf);

    public static bool IsHead(string name) => name.StartsWith(Head, StringComparison.Ordinal);

    /// <summary>The layer of a tensor, from 0 to that of the head.</summary>
    public int Of(string name) => IsHead(name) ? _blocks + 1 : name.StartsWith(LastNormalization, StringComparison.Ordinal) ? _blocks : BlockOf(name);

    /// <summary>The learning rate of a tensor as a part of the head's.</summary>
    public double RateOf(string name, FineTuning tuning) => IsHead(name) ? 1 : tuning.BodyRate * Math.Pow(tuning.LayerDecay, _blocks + 1 - Of(name));

    /// <summary>Whether a tensor keeps its value.</summary>
    public bool Freezes(string name, FineTuning tuning) => tuning.Freezes(name) || (!IsHead(name) && tuning.MovingLayers is { } moving && Of(name) < _blocks + 1 - moving);

    /// <summary>The epoch from which on a tensor learns, from 1.</summary>
    public int FirstEpochOf(string name, FineTuning tuning) => 1 + tuning.UnfreezingEpochs * (_blocks + 1 - Of(name));

    // From 1; 0 for what is in none.
    private static int BlockOf(string name) => name.Split('.') is [var list, var place, _, ..] && Lists.Contains(list) && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var block)
        ? block + 1 : 0;
}
