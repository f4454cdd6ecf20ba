using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The noise that a network works under while it is trained: on the outputs of each hidden layer (<see cref="StandardDropout"/>,
/// <see cref="GaussianDropout"/>, <see cref="AlphaDropout"/>, <see cref="SpatialDropout"/>), or on weights (<see cref="DropConnect"/>,
/// <see cref="VariationalDropout"/>). A number converts to <see cref="StandardDropout"/>: <c>Dropout = 0.2</c>.
/// </summary>
[Union("kind")]
public abstract record Dropout
{
    private protected Dropout()
    {
    }

    /// <summary>Whether a draw can change anything.</summary>
    internal abstract bool IsNoise { get; }

    /// <summary>What it needs of the network.</summary>
    internal virtual IEnumerable<Demand> Demands =>
        [Demand(Capabilities.NoisyLayers, "lies on layers that the recipe makes", "leave Dropout out")];

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Standard dropout with the given probability to drop; 0 means none.</summary>
    /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
    public static implicit operator Dropout?(double dropProbability) => FromDouble(dropProbability);

    /// <summary>Standard dropout with the given probability to drop; 0 means none.</summary>
    /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
    public static Dropout? FromDouble(double dropProbability) => dropProbability == 0 ? null : new StandardDropout(dropProbability);

    /// <param name="needs">What it cannot do without.</param>
    /// <param name="because">What it does with it.</param>
    /// <param name="remedy">What else to do.</param>
    /// <param name="member">The member that asks for it; null where the kind itself does.</param>
    private protected Demand Demand(Capabilities needs, string because, string remedy, string? member = null) => new(
        nameof(Dropout), $"{GetType().Name}{(member is null ? "" : "." + member)} ({this})", needs, because, remedy);

    private protected static string OptionName(string member) => $"{nameof(Dropout)}.{member}";
}
