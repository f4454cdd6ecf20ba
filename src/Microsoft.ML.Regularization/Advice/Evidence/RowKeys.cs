using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>A number for what each row holds, the same wherever the row stands.</summary>
internal static class RowKeys
{
    public static IEnumerable<UInt128> Of(IDataView rows, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        using var cursor = rows.GetRowCursor(names.Select(name => rows.Schema[name]));
        var readers = names.Select(name => ReaderOf(cursor, rows.Schema[name])).ToList();
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            var key = new UInt128(0x6C62272E07BB0142, 0x62B821756295C58D);
            foreach (var read in readers)
                key = (key ^ read()) * new UInt128(0x0000000001000000, 0x000000000000013B);
            yield return key;
        }
    }

    private static Func<ulong> ReaderOf(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case VectorDataViewType:
                return Read<VBuffer<float>>(values => Hash(values));
            case DateTimeDataViewType:
                return Read<DateTime>(moment => (ulong)moment.Ticks);
            case DateTimeOffsetDataViewType:
                return Read<DateTimeOffset>(moment => (ulong)moment.UtcTicks);
            default:
                var reader = new HashedColumn(column).Bind(cursor);
                return () => reader(out var hash) ? hash : ulong.MaxValue;
        }

        Func<ulong> Read<T>(Func<T, ulong> hashOf)
        {
            var (getter, value) = (cursor.GetGetter<T>(column), default(T)!);
            return () =>
            {
                getter(ref value);
                return hashOf(value);
            };
        }
    }

    private static ulong Hash(in VBuffer<float> values)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var (slot, value) in values.Items())
            hash = value == 0 ? hash : (((hash ^ (uint)slot) * 0x100000001B3) ^ BitConverter.SingleToUInt32Bits(value)) * 0x100000001B3;
        return hash;
    }
}
