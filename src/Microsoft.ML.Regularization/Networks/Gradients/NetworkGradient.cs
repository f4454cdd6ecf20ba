namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A trained network for tables as a function of its state behind scaling and the vectors of categories, and the derivative by that state, in managed code. Safe to
/// use from many threads.
/// </summary>
internal sealed class NetworkGradient
{
    private readonly TrainedParts _parts;
    private readonly CategoryVectors? _categories;

    private NetworkGradient(TrainedParts parts, CategoryVectors? categories, GradientSequence layers, IReadOnlyList<int> sources)
    {
        (_parts, _categories) = (parts, categories);
        (Layers, Sources) = (layers, sources);
    }

    /// <summary>From states to outputs.</summary>
    public GradientSequence Layers { get; }

    /// <summary>Numbers of a state.</summary>
    public int Width => Sources.Count;

    /// <summary>For each number of a state the place of the number or key in the row that the network takes.</summary>
    public IReadOnlyList<int> Sources { get; }

    /// <summary>Null where the network is none for tables, or has layers without a gradient here.</summary>
    public static NetworkGradient? Of(NetworkArchitecture architecture, TrainedParts parts)
    {
        var input = parts.Input;
        if (!architecture.ScoresInManagedCode || input.Image is not null || input.Steps > 0 || input.Text is not null || parts.Recipe.Dropout?.ScoringVariance([]) is not null)
            return null;
        var tables = architecture.Describe(input, parts.Outputs)?.OfType<CategoriesDescription>().SingleOrDefault()?.Tables.ToList() ?? [];
        int[] sources = [.. Enumerable.Range(0, input.Numbers), .. tables.SelectMany((table, key) => Enumerable.Repeat(input.Numbers + key, table.Size))];
        var categories = tables.Count > 0 ? new CategoryVectors(parts.Context, tables, parts.Weights) : null;
        return new GradientReader(architecture, parts).ReadNetwork(sources.Length) is { } layers ? new NetworkGradient(parts, categories, layers, sources) : null;
    }

    /// <summary>The state of a row.</summary>
    /// <param name="row">As the network takes it, with missing numbers filled in.</param>
    /// <param name="state">Receives its state.</param>
    public void Enter(ReadOnlySpan<float> row, Span<float> state)
    {
        var numbers = _parts.Input.Numbers;
        if (_parts.Scaler is { } scaler)
            scaler.Apply(row[..numbers], state[..numbers]);
        else
            row[..numbers].CopyTo(state);
        _categories?.Embed(row[numbers..], state[numbers..]);
    }
}
