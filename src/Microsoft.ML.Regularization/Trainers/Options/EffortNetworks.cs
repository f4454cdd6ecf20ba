namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The networks that an effort trains.</summary>
/// <param name="Architecture">Theirs.</param>
/// <param name="Members">How many on the same rows; null for those of a pack.</param>
/// <param name="Folds">The folds; null for none.</param>
/// <param name="Pack">The pack; null for networks that differ by nothing but their draws.</param>
internal sealed record EffortNetworks(NetworkArchitecture Architecture, int? Members, int? Folds, PackOptions? Pack)
{
    /// <summary>The options that say what was left to the effort.</summary>
    public NeuralNetworkOptions Of(NeuralNetworkOptions options) => options with { Architecture = Architecture, Members = Members, Folds = Folds, Pack = Pack };

    /// <summary>As a message says it.</summary>
    public override string ToString() =>
        (Pack is not null ? $"a {Pack}" : Members == 1 ? "one network" : $"{Members} networks") + $" of {Architecture}" + (Folds is null ? "" : $" on each of {Folds} folds");
}
