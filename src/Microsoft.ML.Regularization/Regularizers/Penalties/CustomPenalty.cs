using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A user-defined penalty: see <see cref="ICustomPenalty"/>.</summary>
public sealed record CustomPenalty
{
    private const string Role = "penalty";

    /// <summary>The type that computes the penalty: its full name and that of its assembly.</summary>
    public required string TypeName { get; init; }

    /// <summary>Its properties, as JSON. Default: none.</summary>
    public string Properties { get; init; } = "{}";

    /// <summary>A penalty of a recipe.</summary>
    /// <param name="penalty">Computes it.</param>
    /// <exception cref="InvalidOperationException">The type has no public parameterless constructor, or cannot be created from JSON.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its properties do not survive a round trip through JSON.</exception>
    public static CustomPenalty Of(ICustomPenalty penalty)
    {
        ArgumentNullException.ThrowIfNull(penalty);
        return new() { TypeName = CustomType.NameOf(penalty.GetType()), Properties = CustomType.PropertiesOf(penalty, Role, nameof(penalty)) };
    }

    /// <inheritdoc/>
    public override string ToString() => $"custom penalty ({TypeName.Split(',')[0]} {Properties})";

    // A program that reads a recipe may lack the type.
    internal void Validate(IExceptionContext context)
    {
        context.CheckName(TypeName, $"{nameof(CustomPenalty)}.{nameof(TypeName)}");
        context.CheckName(Properties, $"{nameof(CustomPenalty)}.{nameof(Properties)}");
    }

    /// <exception cref="InvalidOperationException">The program lacks the type, or it cannot be created from these properties.</exception>
    internal ICustomPenalty Create() => CustomType.Create<ICustomPenalty>(Role, TypeName, Properties);
}
