using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>A column of features, its slots and which of them are selected. A single float counts as a vector of one.</summary>
internal sealed class FeatureColumn
{
    public const string Expected = "Vector<Single> of known size or Single";

    private readonly bool[]? _isChosen;

    private FeatureColumn(IExceptionContext context, DataViewSchema.Column column, ValueList<string>? chosen)
    {
        Column = column;
        IsVector = column.Type is VectorDataViewType;
        Size = (column.Type as VectorDataViewType)?.Size ?? 1;
        SlotNames = MLNet.SlotNames.Read(column);
        _isChosen = chosen is null ? null : Choose(context, chosen);
    }

    public DataViewSchema.Column Column { get; }

    public bool IsVector { get; }

    public int Size { get; }

    /// <summary>For each slot its name, empty where it has none; null where no slot has one.</summary>
    public string[]? SlotNames { get; }

    /// <param name="context">Makes the error.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="chosen">Names of the slots that are meant; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The column is missing or of another type than <see cref="Expected"/>, or has no slot of some name.
    /// </exception>
    public static FeatureColumn Of(IExceptionContext context, DataViewSchema schema, string name, ValueList<string>? chosen)
    {
        var column = context.Require(schema, name, "feature");
        var isFeatures = column.Type is VectorDataViewType { IsKnownSize: true } vector
            ? vector.ItemType == NumberDataViewType.Single
            : column.Type == NumberDataViewType.Single;
        return isFeatures
            ? new FeatureColumn(context, column, chosen)
            : throw context.ExceptSchemaMismatch(nameof(schema), "feature", name, Expected, column.Type.ToString());
    }

    /// <summary>Checks the same of a shape, which tells neither sizes nor names of slots.</summary>
    public static void Check(IExceptionContext context, SchemaShape input, string name)
    {
        var column = context.Require(input, name, "feature");
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector || column.ItemType != NumberDataViewType.Single || column.IsKey)
            throw context.Mismatch("feature", column, Expected);
    }

    public bool IsChosen(int slot) => _isChosen is null || _isChosen[slot];

    /// <summary>Reads the column of the current row of <paramref name="row"/>, as a vector.</summary>
    public ValueGetter<VBuffer<float>> Reader(DataViewRow row)
    {
        var column = row.Schema[Column.Index];
        if (IsVector)
            return row.GetGetter<VBuffer<float>>(column);

        var getter = row.GetGetter<float>(column);
        var number = 0f;
        return (ref VBuffer<float> vector) =>
        {
            getter(ref number);
            var editor = VBufferEditor.Create(ref vector, 1);
            editor.Values[0] = number;
            vector = editor.Commit();
        };
    }

    /// <summary>Refuses a row of another size than the column's type says.</summary>
    public void CheckSize(int size)
    {
        if (size != Size)
            throw Contracts.Except($"Column '{Column.Name}': a row has {size} features instead of {Size}.");
    }

    private bool[] Choose(IExceptionContext context, ValueList<string> chosen)
    {
        if (SlotNames is null && chosen.Count > 0)
            throw context.ExceptUserArg(nameof(SlotNames), $"SlotNames is '{chosen}', but the slots of column '{Column.Name}' have no names.");

        var isChosen = new bool[Size];
        foreach (var name in chosen)
        {
            var isKnown = false;
            for (var slot = 0; slot < Size; slot++)
            {
                if (!IsNamed(SlotNames![slot], name))
                    continue;
                isChosen[slot] = true;
                isKnown = true;
            }

            if (!isKnown)
                throw context.ExceptUserArg(nameof(SlotNames), $"SlotNames holds '{name}', but column '{Column.Name}' has no such slot. It has {NamesOfSome()}.");
        }

        return isChosen;
    }

    private static bool IsNamed(string slot, string name) =>
        slot.StartsWith(name, StringComparison.Ordinal) && (slot.Length == name.Length || slot[name.Length] == '.');

    private string NamesOfSome() => MLNet.SlotNames.List([.. SlotNames!.Where(name => name.Length > 0)]);
}
