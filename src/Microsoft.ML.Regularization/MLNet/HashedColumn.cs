using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Reads the hash of a value in the row that a cursor stands on; false, and 0, where the value is missing.</summary>
internal delegate bool HashReader(out ulong hash);

/// <summary>
/// A column of names or numbers, such as of patients or of classes, or of the probabilities of classes, seen as a hash of each value or of the most probable class. The hash is that of the value itself, of a key that
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
        if (column.Type is KeyDataViewType { Count: var count })
        {
            return Type.GetTypeCode(column.Type.RawType) switch
            {
                TypeCode.Byte => Read<byte>(row, column, key => OfKey(key, count)),
                TypeCode.UInt16 => Read<ushort>(row, column, key => OfKey(key, count)),
                TypeCode.UInt32 => Read<uint>(row, column, key => OfKey(key, count)),
                _ => Read<ulong>(row, column, key => OfKey(key, count)),
            };
        }

        if (column.Type is VectorDataViewType { Size: var size })
        {
            var dense = new float[size];
            return Read<VBuffer<float>>(row, column, probabilities => MostProbable(probabilities, dense));
        }

        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Boolean => Read<bool>(row, column, flag => flag ? 2ul : 1),
            TypeCode.SByte => Read<sbyte>(row, column, number => (ulong)number),
            TypeCode.Byte => Read<byte>(row, column, number => number),
            TypeCode.Int16 => Read<short>(row, column, number => (ulong)number),
            TypeCode.UInt16 => Read<ushort>(row, column, number => number),
            TypeCode.Int32 => Read<int>(row, column, number => (ulong)number),
            TypeCode.UInt32 => Read<uint>(row, column, number => number),
            TypeCode.Int64 => Read<long>(row, column, number => (ulong)number),
            TypeCode.UInt64 => Read<ulong>(row, column, number => number),
            TypeCode.Single => Read<float>(row, column, number => OfNumber(number)),
            TypeCode.Double => Read<double>(row, column, OfNumber),
            _ => Read<ReadOnlyMemory<char>>(row, column, text => text.IsEmpty ? null : Hash(text.Span)),
        };
    }

    private static HashReader Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong?> hashOf)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return (out hash) =>
        {
            getter(ref value);
            var found = hashOf(value);
            hash = found ?? 0;
            return found is not null;
        };
    }

    // A missing soft label is of NaN; one of another length is left to the trainer, which says so.
    private static ulong? MostProbable(VBuffer<float> probabilities, float[] dense)
    {
        if (probabilities.Length != dense.Length)
            return null;
        probabilities.CopyTo(dense);
        var index = TensorPrimitives.IndexOfMax<float>(dense);
        return float.IsNaN(dense[index]) ? null : (ulong)index + 1;
    }

    // Adding 0 makes the negative zero that which equals it.
    private static ulong? OfNumber(double number) => double.IsNaN(number) ? null : BitConverter.DoubleToUInt64Bits(number + 0.0);

    private ulong? OfKey(ulong key, ulong count) => key == 0 || key > count ? null : _hashesOfKeys is null ? key : _hashesOfKeys[key - 1];

    // FNV-1a over UTF-16; the stream that it names mixes it further.
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in text)
            hash = (hash ^ unit) * 0x100000001B3;
        return hash;
    }
}
