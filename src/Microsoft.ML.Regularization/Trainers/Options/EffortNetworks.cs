namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The networks that an effort trains.</summary>
/// <param name="Members">How many on the same rows; null for those of a pack.</param>
/// <param name="Folds">The folds; null for none.</param>
/// <param name="Pack">The pack; null for networks that differ by nothing but their draws.</param>
internal sealed record EffortNetworks(int? Members, int? Folds, PackOptions? Pack)
{
    /// <summary>As a message says it.</summary>
    public override string ToString() =>
        (Pack is not null ? $"a {Pack}" : Members == 1 ? "one network" : $"{Members} networks") + (Folds is null ? "" : $" on each of {Folds} folds");
}
