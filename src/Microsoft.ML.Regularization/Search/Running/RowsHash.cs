using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Search;

/// <summary>A hash of all that rows hold, of columns whose values are numbers, texts or keys, and of vectors of them.</summary>
internal sealed class RowsHash : IDisposable
{
    private static readonly MethodInfo ItemAdder = typeof(RowsHash).GetMethod(nameof(ItemsOf), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly MethodInfo VectorAdder = typeof(RowsHash).GetMethod(nameof(VectorsOf), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The hash in hexadecimal digits.</summary>
    public static string Of(IDataView data)
    {
        using var hash = new RowsHash();
        var columns = data.Schema.Where(column => !column.IsHidden && IsRead(column.Type)).ToList();
        foreach (var column in columns)
            hash.Add($"{column.Name}: {column.Type}");
        using var cursor = data.GetRowCursor(columns);
        var adders = columns.Select(column => hash.AdderOf(cursor, column)).ToArray();
        while (cursor.MoveNext())
        {
            foreach (var add in adders)
                add();
        }

        hash.Add(cursor.Position.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexString(hash._hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private static bool IsRead(DataViewType type)
    {
        var item = type is VectorDataViewType vector ? vector.ItemType : type;
        return item is NumberDataViewType or KeyDataViewType or TextDataViewType or BooleanDataViewType;
    }

    private Action AdderOf(DataViewRow row, DataViewSchema.Column column)
    {
        var (method, item) = column.Type is VectorDataViewType vector ? (VectorAdder, vector.ItemType.RawType) : (ItemAdder, column.Type.RawType);
        return (Action)method.MakeGenericMethod(item).Invoke(this, [row, column])!;
    }

    private Action ItemsOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T)!;
        return () =>
        {
            getter(ref value);
            Add(new ReadOnlySpan<T>(ref value));
        };
    }

    private Action VectorsOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var value = default(VBuffer<T>);
        return () =>
        {
            getter(ref value);
            AddNumber(value.Length);
            if (!value.IsDense)
                _hash.AppendData(MemoryMarshal.AsBytes(value.GetIndices()));
            Add(value.GetValues());
        };
    }

    private void Add<T>(ReadOnlySpan<T> values)
    {
        AddNumber(values.Length);
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            if (!values.IsEmpty)
                _hash.AppendData(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values)), values.Length * Unsafe.SizeOf<T>()));
            return;
        }

        foreach (var value in values)
            Add(value is ReadOnlyMemory<char> text ? text.Span : $"{value}");
    }

    // The length keeps texts behind each other apart.
    private void Add(ReadOnlySpan<char> text)
    {
        AddNumber(text.Length);
        _hash.AppendData(MemoryMarshal.AsBytes(text));
    }

    private void AddNumber(long number) => _hash.AppendData(BitConverter.GetBytes(number));
}
