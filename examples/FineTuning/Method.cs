using Microsoft.ML.Regularization;

namespace FineTuningExample;

/// <summary>A way to train.</summary>
/// <param name="Name">As tables have it.</param>
/// <param name="Texts">The trainer's options for texts, by the number of training rows; null for <see cref="LinearReference"/>.</param>
/// <param name="Photos">The same for photos.</param>
internal sealed record Method(string Name, Func<int, NeuralNetworkOptions>? Texts, Func<int, NeuralNetworkOptions>? Photos)
{
    /// <summary>Whether texts are read as words rather than as the published network's tokens.</summary>
    public bool ReadsWords { get; init; }
}
