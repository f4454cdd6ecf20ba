namespace Microsoft.ML.Regularization;

/// <summary>One setting of the options of a search, as numbers: whoever has the <see cref="SearchSpace"/> can make the options of it.</summary>
public sealed record Trial
{
    /// <summary>Its number in the search, from 1. The first one has the options as they were given.</summary>
    public required int Number { get; init; }

    /// <summary>The name of the start that it is: see <see cref="SearchSpace.Start"/>. Null for the options as they were given, and for what was drawn.</summary>
    public string? Start { get; init; }

    /// <summary>A value for each dimension; empty for the options as they were given, and for a start.</summary>
    public ValueList<TrialValue> Values { get; init; } = [];
}
