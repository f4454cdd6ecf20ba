using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

/// <summary>A row whose features, label and categories of every kind all tell which row it is.</summary>
public sealed class Order
{
    public const int Count = 300;

    public int Id { get; set; }

    [VectorType(4)]
    public float[] Features { get; set; } = [];

    [KeyType(Count)]
    public uint Label { get; set; }

    /// <summary>A key, from 0 as ML.NET maps members; those beyond the last value are missing.</summary>
    [KeyType(Count)]
    public uint Key { get; set; }

    [KeyType(Count)]
    [VectorType(3)]
    public uint[] Keys { get; set; } = [];

    public string Text { get; set; } = "";

    [VectorType(2)]
    public string[] Texts { get; set; } = [];

    public static List<Order> Rows() => [.. Enumerable.Range(0, Count).Select(id => new Order
    {
        Id = id,
        Features = [.. Enumerable.Repeat((float)id, 4)],
        Label = (uint)id,
        Key = (uint)id,
        // Vectors of keys count from 1, and 0 is missing.
        Keys = [.. Enumerable.Repeat((uint)id + 1, 3)],
        Text = Name(id),
        Texts = [Name(id), Name(id)],
    })];

    public static IDataView View(MLContext ml) => ml.Data.LoadFromEnumerable(Rows());

    /// <summary>Reads rows, each with the row that each of its categories tells: of the key, the three keys, the text, the two texts.</summary>
    internal static List<MixedOrder> Read(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        return ReadAll(cursor);
    }

    internal static List<MixedOrder> ReadAll(DataViewRowCursor cursor)
    {
        var schema = cursor.Schema;
        var id = cursor.GetGetter<int>(schema["Id"]);
        var rowId = cursor.GetIdGetter();
        var features = cursor.GetGetter<VBuffer<float>>(schema["Features"]);
        var soft = schema["Label"].Type is VectorDataViewType ? cursor.GetGetter<VBuffer<float>>(schema["Label"]) : null;
        var key = cursor.GetGetter<uint>(schema["Key"]);
        var keys = cursor.GetGetter<VBuffer<uint>>(schema["Keys"]);
        var text = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Text"]);
        var texts = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(schema["Texts"]);
        var rows = new List<MixedOrder>();
        while (cursor.MoveNext())
        {
            var number = 0;
            DataViewRowId own = default;
            var (vector, label) = (default(VBuffer<float>), default(VBuffer<float>));
            var (one, many) = (0u, default(VBuffer<uint>));
            var (name, names) = (default(ReadOnlyMemory<char>), default(VBuffer<ReadOnlyMemory<char>>));
            id(ref number);
            rowId(ref own);
            features(ref vector);
            soft?.Invoke(ref label);
            key(ref one);
            keys(ref many);
            text(ref name);
            texts(ref names);
            int[] told = [(int)one - 1, .. many.DenseValues().Select(value => (int)value - 1), IdOf(name), .. names.DenseValues().Select(IdOf)];
            rows.Add(new MixedOrder(number, own, [.. vector.DenseValues()], [.. label.DenseValues()], told));
        }

        return rows;
    }

    private static string Name(int id) => $"order {id}";

    private static int IdOf(ReadOnlyMemory<char> name) => int.Parse(name.Span["order ".Length..], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A row of orders as it is mixed.</summary>
/// <param name="Id">Which row it was.</param>
/// <param name="RowId">Its id in the view.</param>
/// <param name="Features">Its features.</param>
/// <param name="Label">Its soft label; empty where labels are hard.</param>
/// <param name="Told">The row that each of its categories tells.</param>
internal sealed record MixedOrder(int Id, DataViewRowId RowId, float[] Features, float[] Label, int[] Told)
{
    /// <summary>The other row that the label tells; null for none.</summary>
    public int? Partner => Enumerable.Range(0, Label.Length).Where(row => row != Id && Label[row] > 0).ToArray() is [var partner] ? partner : null;

    public float OwnShare => Label[Id];
}
