using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// The classes behind a soft label: their names are the slot names, and the values of the key that the label was made from, of whatever
/// type, are kept in <c>TrainingLabelValues</c>, from which a trainer can restore that key.
/// </summary>
internal static class ClassAnnotations
{
    private const string Names = AnnotationUtils.Kinds.SlotNames;
    private const string Values = AnnotationUtils.Kinds.TrainingLabelValues;
    private const string KeyValues = AnnotationUtils.Kinds.KeyValues;

    /// <summary>The annotations of a soft label made from a key column; empty when the key has no values.</summary>
    public static DataViewSchema.Annotations FromKey(DataViewSchema.Column key)
    {
        if (key.Annotations.Schema.GetColumnOrNull(KeyValues) is not { Type: VectorDataViewType type })
            return DataViewSchema.Annotations.Empty;

        var builder = new DataViewSchema.Annotations.Builder();
        Invoke(nameof(Copy), type, key.Annotations, KeyValues, builder, Values);
        Invoke(nameof(AddNames), type, key.Annotations, builder);
        return builder.ToAnnotations();
    }

    public static DataViewSchema.Annotations Named(string[] names)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var values = new VBuffer<ReadOnlyMemory<char>>(names.Length, Array.ConvertAll(names, name => name.AsMemory()));
        builder.AddSlotNames(names.Length, (ref VBuffer<ReadOnlyMemory<char>> destination) => values.CopyTo(ref destination));
        return builder.ToAnnotations();
    }

    /// <summary>The annotations of a column of keys that stand for texts.</summary>
    public static DataViewSchema.Annotations KeyValuesOf(IReadOnlyList<string> texts)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddKeyValues<ReadOnlyMemory<char>>(texts.Count, TextDataViewType.Instance, (ref values) =>
        {
            var editor = VBufferEditor.Create(ref values, texts.Count);
            for (var i = 0; i < texts.Count; i++)
                editor.Values[i] = texts[i].AsMemory();
            values = editor.Commit();
        });
        return builder.ToAnnotations();
    }

    /// <summary>The annotations of a key column whose classes are those of <paramref name="label"/>, the reverse of <see cref="FromKey"/>.</summary>
    public static DataViewSchema.Annotations ToKey(DataViewSchema.Column label)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var annotations = label.Annotations;
        var kind = annotations.Schema.GetColumnOrNull(Values) is null ? Names : Values;
        if (annotations.Schema.GetColumnOrNull(kind) is { Type: VectorDataViewType type })
            Invoke(nameof(Copy), type, annotations, kind, builder, KeyValues);
        return builder.ToAnnotations();
    }

    /// <summary>The annotations of a key column whose classes are others than those of <paramref name="label"/>, but of the same type.</summary>
    /// <param name="label">A key or soft label.</param>
    /// <param name="names">The classes as they are written.</param>
    public static DataViewSchema.Annotations ToKey(DataViewSchema.Column label, string[] names)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var annotations = label.Annotations;
        var kind = new[] { KeyValues, Values, Names }.First(kind => annotations.Schema.GetColumnOrNull(kind) is not null);
        Invoke(nameof(AddValues), (VectorDataViewType)annotations.Schema[kind].Type, annotations, kind, builder, names);
        return builder.ToAnnotations();
    }

    /// <summary>The names of the classes of a key or soft label; null where it tells none.</summary>
    public static IReadOnlyList<string>? NamesOf(DataViewSchema.Column label)
    {
        var annotations = label.Type is KeyDataViewType ? FromKey(label) : label.Annotations;
        if (annotations.Schema.GetColumnOrNull(Names) is null)
            return null;

        VBuffer<ReadOnlyMemory<char>> names = default;
        annotations.GetValue(Names, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>
    /// The slot names of the last column of multiclass scores of a type, such as the one a trained model has written; empty where there is none.
    /// </summary>
    public static DataViewSchema.Annotations OfScores(DataViewSchema schema, DataViewType type)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (type is VectorDataViewType { Size: var size } && schema.Cast<DataViewSchema.Column?>().LastOrDefault(IsNamedScore) is { } score)
            builder.Add(score.Annotations, name => name == Names);
        return builder.ToAnnotations();

        bool IsNamedScore(DataViewSchema.Column? column) =>
            column is { } candidate && !candidate.IsHidden && candidate.Type.Equals(type) && candidate.HasSlotNames(size)
            && candidate.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.ScoreColumnKind) is not null;
    }

    /// <summary>How the value of a key is written, whatever its type.</summary>
    public static string TextOf<T>(T value) =>
        value is ReadOnlyMemory<char> text ? text.ToString() : string.Create(CultureInfo.InvariantCulture, $"{value}");

    public static SchemaShape MixedShape(SchemaShape key) =>
        key.TryFindColumn(KeyValues, out var values)
            ? new SchemaShape([.. NamesShape(), new(Values, SchemaShape.Column.VectorKind.Vector, values.ItemType, isKey: false)])
            : new SchemaShape([]);

    public static SchemaShape NamesShape() =>
        new([new(Names, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false)]);

    /// <summary>The reverse of <see cref="MixedShape"/>.</summary>
    public static SchemaShape ToKeyShape(SchemaShape label) =>
        label.TryFindColumn(Values, out var values) || label.TryFindColumn(Names, out values)
            ? new SchemaShape([new(KeyValues, SchemaShape.Column.VectorKind.Vector, values.ItemType, isKey: false)])
            : new SchemaShape([]);

    // Key values are of whatever type the key was made from.
    private static void Invoke(string method, VectorDataViewType type, params object[] arguments) =>
        typeof(ClassAnnotations).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.ItemType.RawType)
            .Invoke(null, [type, .. arguments]);

    private static void Copy<T>(
        VectorDataViewType type, DataViewSchema.Annotations source, string kind, DataViewSchema.Annotations.Builder builder, string newKind)
    {
        VBuffer<T> values = default;
        source.GetValue(kind, ref values);
        builder.Add(newKind, type, (ref VBuffer<T> destination) => values.CopyTo(ref destination));
    }

    private static void AddValues<T>(
        VectorDataViewType type, DataViewSchema.Annotations source, string kind, DataViewSchema.Annotations.Builder builder, string[] names)
    {
        VBuffer<T> values = default;
        source.GetValue(kind, ref values);
        var known = values.DenseValues().DistinctBy(TextOf).ToDictionary(TextOf);
        var own = new VBuffer<T>(names.Length, Array.ConvertAll(names, name => known.TryGetValue(name, out var value) ? value : Parse(name)));
        builder.Add(KeyValues, new VectorDataViewType((PrimitiveDataViewType)type.ItemType, names.Length), (ref VBuffer<T> destination) => own.CopyTo(ref destination));

        static T Parse(string name) => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? (T)(object)name.AsMemory()
            : (T)TypeDescriptor.GetConverter(typeof(T)).ConvertFromInvariantString(name)!;
    }

    private static void AddNames<T>(VectorDataViewType type, DataViewSchema.Annotations source, DataViewSchema.Annotations.Builder builder)
    {
        VBuffer<T> values = default;
        source.GetValue(KeyValues, ref values);
        var texts = values.DenseValues()
            .Select(value => value is ReadOnlyMemory<char> text ? text : TextOf(value).AsMemory())
            .ToArray();
        var names = new VBuffer<ReadOnlyMemory<char>>(texts.Length, texts);
        builder.AddSlotNames(type.Size, (ref VBuffer<ReadOnlyMemory<char>> destination) => names.CopyTo(ref destination));
    }
}
