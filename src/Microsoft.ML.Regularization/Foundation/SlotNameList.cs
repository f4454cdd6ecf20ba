using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Names of slots of a vector column: <c>SlotNames = ["Age", "Income"]</c>. Each is a slot's whole name, or the part before a dot, which names all slots
/// that <c>Concatenate</c> took from one column: <c>Job</c> stands for <c>Job.clerk</c> and <c>Job.manager</c>. Immutable; compares by value.
/// </summary>
[CollectionBuilder(typeof(SlotNameList), nameof(Create))]
[JsonConverter(typeof(JsonArrayConverter))]
public sealed class SlotNameList : ValueList<string>
{
    private SlotNameList(string[] names)
        : base(names)
    {
    }

    /// <summary>Makes a list, as collection expressions do.</summary>
    /// <param name="names">The names; case matters, their order does not.</param>
    public static SlotNameList Create(ReadOnlySpan<string> names) => new(names.ToArray());

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Items);

    internal void Validate(IExceptionContext context, string option)
    {
        if (Items.Length == 0)
            throw context.ExceptUserArg(option, $"{option} must name a slot at least, but it is empty: null stands for all slots.");
        if (Array.Exists(Items, string.IsNullOrWhiteSpace))
            throw context.ExceptUserArg(option, $"{option} must hold names of slots, but one of them is blank.");
    }

    private sealed class JsonArrayConverter() : ValueListJsonConverter<SlotNameList, string>(items => new(items));
}
