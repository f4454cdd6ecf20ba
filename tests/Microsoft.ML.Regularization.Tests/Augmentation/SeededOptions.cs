namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>Options of whatever kind with a seed, where the kind draws anything.</summary>
internal static class SeededOptions
{
    public static T WithSeed<T>(this T options, int seed)
        where T : TrainingOnlyOptions
    {
        var seeded = options with { };
        seeded.GetType().GetProperty("Seed")?.SetValue(seeded, seed);
        return seeded;
    }
}
