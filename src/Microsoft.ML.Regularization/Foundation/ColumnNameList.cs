using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Names of columns: <c>CategoricalColumnNames = ["Job", "City"]</c>. Immutable; compares by value.</summary>
[CollectionBuilder(typeof(ColumnNameList), nameof(Create))]
[JsonConverter(typeof(JsonArrayConverter))]
public sealed class ColumnNameList : ValueList<string>
{
    private ColumnNameList(string[] names)
        : base(names)
    {
    }

    /// <summary>Makes a list, as collection expressions do.</summary>
    /// <param name="names">The names; case matters, their order does not.</param>
    public static ColumnNameList Create(ReadOnlySpan<string> names) => new(names.ToArray());

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Items);

    internal void Validate(IExceptionContext context, string option)
    {
        for (var i = 0; i < Items.Length; i++)
        {
            context.CheckName(Items[i], $"{option}[{i}]");
            if (Items.AsSpan(0, i).Contains(Items[i]))
                throw context.ExceptUserArg(option, $"{option} names '{Items[i]}' twice.");
        }
    }

    private sealed class JsonArrayConverter() : ValueListJsonConverter<ColumnNameList, string>(names => new(names));
}
