using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>Reads the hash of a value in the row that a cursor stands on; false, and 0, where the value is missing.</summary>
internal delegate bool HashReader(out ulong hash);

/// <summary>
/// A column of names or numbers, such as of patients or of classes, seen as a hash of each value. The hash is that of the value itself, of a key that
/// of its name, so that it is the same wherever and in whatever order the value appears, and in every process.
/// </summary>
internal sealed class HashedColumn
{
    private readonly ulong[]? _hashesOfKeys;

    public HashedColumn(DataViewSchema.Column column)
    {
        Name = column.Name;
        if (column.Type is KeyDataViewType && ClassAnnotations.NamesOf(column) is { } names)
            _hashesOfKeys = [.. names.Select(name => Hash(name))];
    }

    public string Name { get; }

    public HashReader Bind(DataViewRow row)
    {
        var column = row.Schema[Name];
        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Boolean => Flag(row.GetGetter<bool>(column)),
            TypeCode.SByte => Integer<sbyte>(row, column),
            TypeCode.Byte => Integer<byte>(row, column),
            TypeCode.Int16 => Integer<short>(row, column),
            TypeCode.UInt16 => Integer<ushort>(row, column),
            TypeCode.Int32 => Integer<int>(row, column),
            TypeCode.UInt32 => Integer<uint>(row, column),
            TypeCode.Int64 => Integer<long>(row, column),
            TypeCode.UInt64 => Integer<ulong>(row, column),
            TypeCode.Single => Number<float>(row, column),
            TypeCode.Double => Number<double>(row, column),
            _ => Text(row.GetGetter<ReadOnlyMemory<char>>(column)),
        };
    }

    // FNV-1a over UTF-16; the stream that it names mixes it further.
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in text)
            hash = (hash ^ unit) * 0x100000001B3;
        return hash;
    }

    private static HashReader Text(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> text = default;
        return (out hash) =>
        {
            getter(ref text);
            hash = text.IsEmpty ? 0 : Hash(text.Span);
            return !text.IsEmpty;
        };
    }

    private static HashReader Flag(ValueGetter<bool> getter)
    {
        var flag = false;
        return (out hash) =>
        {
            getter(ref flag);
            hash = flag ? 2ul : 1;
            return true;
        };
    }

    private static HashReader Number<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IFloatingPointIeee754<T>
    {
        var getter = row.GetGetter<T>(column);
        T number = default;
        return (out hash) =>
        {
            getter(ref number);

            // Adding 0 makes the negative zero that which equals it.
            hash = T.IsNaN(number) ? 0 : BitConverter.DoubleToUInt64Bits(double.CreateTruncating(number) + 0.0);
            return !T.IsNaN(number);
        };
    }

    private HashReader Integer<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IBinaryInteger<T>
    {
        var getter = row.GetGetter<T>(column);
        T number = default;
        if (column.Type is not KeyDataViewType { Count: var count })
        {
            return (out hash) =>
            {
                getter(ref number);
                hash = (ulong)long.CreateTruncating(number);
                return true;
            };
        }

        return (out hash) =>
        {
            getter(ref number);
            hash = ulong.CreateTruncating(number);
            if (hash > count)
                hash = 0;
            if (hash == 0)
                return false;
            if (_hashesOfKeys is not null)
                hash = _hashesOfKeys[hash - 1];
            return true;
        };
    }
}
