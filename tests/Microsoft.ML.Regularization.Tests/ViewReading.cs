using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>A row read out of a view: its id, and the columns that mixing touches, as numbers.</summary>
public sealed record ReadRow(DataViewRowId Id, int Source, float[] Features, float[] Label, float Weight, string Sentence)
{
    public bool Equals(ReadRow? other) =>
        other is not null && Id.Equals(other.Id) && Source == other.Source && Weight.Equals(other.Weight) && Sentence == other.Sentence
        && Features.SequenceEqual(other.Features) && Label.SequenceEqual(other.Label);

    public override int GetHashCode() => HashCode.Combine(Id, Source);
}

/// <summary>Reads views of <see cref="Example"/> rows, with any kind of label.</summary>
public static class ViewReading
{
    public static List<ReadRow> Read(this IDataView view, string label = "Label", Random? rand = null)
    {
        using var cursor = view.GetRowCursor(view.Schema, rand);
        return cursor.ReadAll(label);
    }

    /// <summary>The view as the neural trainers read it in a pass of its own.</summary>
    public static IDataView InPass(this IDataView view, int pass, bool mixesRows = true) =>
        new TrainingPass(RandomKey.FromSeed(pass), mixesRows).Over(new MLContext(1), view);

    public static List<ReadRow> ReadInParallel(this IDataView view, int cursors, string label = "Label", Random? rand = null)
    {
        var set = view.GetRowCursorSet(view.Schema, cursors, rand);
        var rows = new List<ReadRow>[set.Length];
        Parallel.For(0, set.Length, i =>
        {
            using var cursor = set[i];
            rows[i] = cursor.ReadAll(label);
        });
        return [.. rows.SelectMany(part => part)];
    }

    public static List<ReadRow> ReadAll(this DataViewRowCursor cursor, string labelName = "Label")
    {
        var id = cursor.GetIdGetter();
        var source = cursor.GetGetter<int>(cursor.Schema[nameof(Example.Id)]);
        var features = cursor.GetGetter<VBuffer<float>>(cursor.Schema[nameof(Example.Features)]);
        var weight = cursor.GetGetter<float>(cursor.Schema[nameof(Example.Weight)]);
        var sentence = cursor.Schema.GetColumnOrNull(nameof(Example.Sentence)) is { } column
            ? cursor.GetGetter<ReadOnlyMemory<char>>(column)
            : (ref text) => text = default;
        var label = LabelReader(cursor, cursor.Schema[labelName]);
        var rows = new List<ReadRow>();
        while (cursor.MoveNext())
        {
            DataViewRowId rowId = default;
            var sourceId = 0;
            VBuffer<float> vector = default;
            var weightValue = 0f;
            id(ref rowId);
            source(ref sourceId);
            features(ref vector);
            weight(ref weightValue);
            ReadOnlyMemory<char> text = default;
            sentence(ref text);
            rows.Add(new ReadRow(rowId, sourceId, vector.DenseValues().ToArray(), label(), weightValue, text.ToString()));
        }

        return rows;
    }

    private static Func<float[]> LabelReader(DataViewRow row, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case VectorDataViewType:
                var soft = row.GetGetter<VBuffer<float>>(column);
                return () =>
                {
                    VBuffer<float> value = default;
                    soft(ref value);
                    return [.. value.DenseValues()];
                };
            case KeyDataViewType:
                var key = row.GetGetter<uint>(column);
                return () =>
                {
                    uint value = 0;
                    key(ref value);
                    return [value];
                };
            case BooleanDataViewType:
                var flag = row.GetGetter<bool>(column);
                return () =>
                {
                    var value = false;
                    flag(ref value);
                    return [value ? 1 : 0];
                };
            default:
                var target = row.GetGetter<float>(column);
                return () =>
                {
                    var value = 0f;
                    target(ref value);
                    return [value];
                };
        }
    }
}
