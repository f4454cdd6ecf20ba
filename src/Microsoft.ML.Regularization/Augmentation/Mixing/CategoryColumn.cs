using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// A column of categories in a mixture of two rows: each row of it, or each slot of a vector, is a category of the one row or of the other, since there is
/// nothing between two categories.
/// </summary>
/// <param name="column">The column in the source.</param>
/// <param name="start">The number of its first category among those of all columns.</param>
internal sealed class CategoryColumn(DataViewSchema.Column column, int start)
{
    private const string Expected = "Key, String, Boolean or a number, or a vector of known size of Key, String or Boolean";

    public DataViewSchema.Column Column => column;

    public string Name => column.Name;

    public int Start => start;

    /// <summary>Categories of a row.</summary>
    public int Slots { get; } = (column.Type as VectorDataViewType)?.Size ?? 1;

    /// <summary>Finds the columns of those names.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that holds no categories.</exception>
    public static CategoryColumn[] Of(IExceptionContext context, DataViewSchema schema, IReadOnlyList<string> names)
    {
        var columns = new CategoryColumn[names.Count];
        var start = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var column = context.Require(schema, names[i], "category");
            var isKnown = column.Type is VectorDataViewType { IsKnownSize: true } vector ? IsNominal(vector.ItemType)
                : IsNominal(column.Type) || column.Type is NumberDataViewType;
            if (!isKnown)
                throw context.ExceptSchemaMismatch(nameof(schema), "category", column.Name, Expected, column.Type.ToString());
            columns[i] = new CategoryColumn(column, start);
            start += columns[i].Slots;
        }

        return columns;
    }

    /// <summary>Checks the same of shapes, as far as they tell.</summary>
    public static void Check(IExceptionContext context, SchemaShape input, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var column = context.Require(input, name, "category");
            var isNominal = column.IsKey || IsNominal(column.ItemType);
            var isKnown = column.Kind == SchemaShape.Column.VectorKind.Scalar ? isNominal || column.ItemType is NumberDataViewType
                : column.Kind == SchemaShape.Column.VectorKind.Vector && isNominal;
            if (!isKnown)
                throw context.Mismatch("category", column, Expected);
        }
    }

    /// <summary>Reads the column of a mixed row.</summary>
    /// <param name="row">Stands on the row.</param>
    /// <param name="partner">Stands on its partner.</param>
    /// <param name="isPartners">Whether a category, by its number among those of all columns, is the partner's.</param>
    /// <returns>The getter; null where the column is of another type.</returns>
    public ValueGetter<TValue>? GetGetter<TValue>(DataViewRow row, DataViewRow partner, Func<int, bool> isPartners)
    {
        if (column.Type is not VectorDataViewType vector)
        {
            var own = row.GetGetter<TValue>(row.Schema[Name]);
            var other = partner.GetGetter<TValue>(partner.Schema[Name]);
            return (ref value) => (isPartners(start) ? other : own)(ref value);
        }

        Delegate getter = vector.ItemType.RawType switch
        {
            var type when type == typeof(uint) => SlotGetter<uint>(row, partner, isPartners),
            var type when type == typeof(ReadOnlyMemory<char>) => SlotGetter<ReadOnlyMemory<char>>(row, partner, isPartners),
            var type when type == typeof(bool) => SlotGetter<bool>(row, partner, isPartners),
            var type when type == typeof(byte) => SlotGetter<byte>(row, partner, isPartners),
            var type when type == typeof(ushort) => SlotGetter<ushort>(row, partner, isPartners),
            _ => SlotGetter<ulong>(row, partner, isPartners),
        };
        return getter as ValueGetter<TValue>;
    }

    private static bool IsNominal(DataViewType type) => type is KeyDataViewType or TextDataViewType or BooleanDataViewType;

    private ValueGetter<VBuffer<TItem>> SlotGetter<TItem>(DataViewRow row, DataViewRow partner, Func<int, bool> isPartners)
    {
        var readOwn = row.GetGetter<VBuffer<TItem>>(row.Schema[Name]);
        var readPartner = partner.GetGetter<VBuffer<TItem>>(partner.Schema[Name]);
        VBuffer<TItem> own = default;
        VBuffer<TItem> other = default;
        return (ref mixed) =>
        {
            Read(readOwn, ref own);
            own.CopyToDense(ref mixed);
            var editor = VBufferEditor.CreateFromBuffer(ref mixed);
            var isRead = false;
            for (var slot = 0; slot < Slots; slot++)
            {
                if (!isPartners(start + slot))
                    continue;

                // Before the first mixed row, the partner's cursor has no position.
                if (!isRead)
                    Read(readPartner, ref other);
                isRead = true;
                editor.Values[slot] = other.GetItemOrDefault(slot);
            }
        };
    }

    private void Read<TItem>(ValueGetter<VBuffer<TItem>> getter, ref VBuffer<TItem> values)
    {
        getter(ref values);
        if (values.Length != Slots)
            throw Contracts.Except($"Column '{Name}': a row has {values.Length} categories instead of {Slots}.");
    }
}
