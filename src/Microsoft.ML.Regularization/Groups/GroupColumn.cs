using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Reads the text of the value in the row that a cursor stands on; false where the value is missing.</summary>
internal delegate bool GroupReader(out ReadOnlySpan<char> text);

/// <summary>A column whose values tell groups apart, as texts: a number or a key is the same group as the text that it is written as, wherever it comes from.</summary>
internal static class GroupColumn
{
    private const int LongestNumber = 64;

    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or its values are none that tell groups apart.</exception>
    public static DataViewSchema.Column Find(IExceptionContext context, DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name)
            ?? throw context.ExceptSchemaMismatch(nameof(schema), "group", name);
        if (column.Type is TextDataViewType or KeyDataViewType or BooleanDataViewType or NumberDataViewType)
            return column;
        throw context.ExceptSchemaMismatch(nameof(schema), "group", name, "a text, a key, a number or a flag", column.Type.ToString());
    }

    public static GroupReader Bind(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType && ClassAnnotations.NamesOf(column) is { } names)
            return OfKeys(row.GetKeyGetter(column), [.. names]);

        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Boolean => Read<bool>(row, column, flag => flag ? bool.TrueString : bool.FalseString),
            TypeCode.SByte => OfNumbers<sbyte>(row, column),
            TypeCode.Byte => OfNumbers<byte>(row, column),
            TypeCode.Int16 => OfNumbers<short>(row, column),
            TypeCode.UInt16 => OfNumbers<ushort>(row, column),
            TypeCode.Int32 => OfNumbers<int>(row, column),
            TypeCode.UInt32 => OfNumbers<uint>(row, column),
            TypeCode.Int64 => OfNumbers<long>(row, column),
            TypeCode.UInt64 => OfNumbers<ulong>(row, column),
            TypeCode.Single => OfNumbers<float>(row, column),
            TypeCode.Double => OfNumbers<double>(row, column),
            _ => Read<ReadOnlyMemory<char>>(row, column, text => text.Span),
        };
    }

    private static GroupReader OfKeys(ValueGetter<uint> getter, string[] names)
    {
        uint key = 0;
        return (out text) =>
        {
            getter(ref key);
            text = key == 0 || key > names.Length ? "" : names[key - 1];
            return !text.IsEmpty;
        };
    }

    // A key without names is missing where it is 0.
    private static GroupReader OfNumbers<T>(DataViewRow row, DataViewSchema.Column column)
        where T : ISpanFormattable
    {
        var getter = row.GetGetter<T>(column);
        var (isKey, buffer, value) = (column.Type is KeyDataViewType, new char[LongestNumber], default(T)!);
        return (out text) =>
        {
            getter(ref value);
            value.TryFormat(buffer, out var length, default, CultureInfo.InvariantCulture);
            text = buffer.AsSpan(0, length);
            if (text is "NaN" || (isKey && text is "0"))
                return false;
            if (text is "-0")
                text = "0";
            return true;
        };
    }

    private delegate ReadOnlySpan<char> TextOf<T>(T value);

    private static GroupReader Read<T>(DataViewRow row, DataViewSchema.Column column, TextOf<T> textOf)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return (out text) =>
        {
            getter(ref value);
            text = textOf(value);
            return !text.IsEmpty;
        };
    }
}
