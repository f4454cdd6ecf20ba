using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Collects the values of a column while a cursor moves over rows.</summary>
internal sealed class ColumnReader
{
    private readonly DataViewSchema.Column _column;
    private readonly ColumnKind _kind;
    private readonly Func<(object? Key, double Number)> _read;
    private readonly List<int> _codes = [];
    private readonly List<double> _numbers = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<object, int> _known = [];

    public ColumnReader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        (_column, _kind) = (column, KindOf(column.Type));
        _read = ReaderOf(cursor, column);
    }

    /// <summary>What a column of a type may hold; texts may turn out to be sentences.</summary>
    public static ColumnKind KindOf(DataViewType type) => type switch
    {
        BooleanDataViewType or NumberDataViewType => ColumnKind.Number,
        TextDataViewType or KeyDataViewType => ColumnKind.Category,
        DateTimeDataViewType or DateTimeOffsetDataViewType => ColumnKind.Date,
        ImageDataViewType => ColumnKind.Image,
        VectorDataViewType { Size: > 0 } vector when vector.ItemType == NumberDataViewType.Single =>
            vector.Dimensions.Length switch { 1 => ColumnKind.Vector, 2 => ColumnKind.Sequence, _ => ColumnKind.Pixels },
        _ => ColumnKind.Other,
    };

    /// <summary>Takes the value of the row that the cursor stands on.</summary>
    public void Next()
    {
        var (key, number) = _read();
        _numbers.Add(number);
        if (key is null)
        {
            _codes.Add(-1);
            return;
        }

        if (!_known.TryGetValue(key, out var code))
        {
            _known.Add(key, code = _known.Count);
            if (key is string text)
                _texts.Add(text);
        }

        _codes.Add(code);
    }

    public ReadColumn End() => new(_column.Name, _kind, _column.Type.ToString()!)
    {
        Codes = [.. _codes],
        Numbers = _kind == ColumnKind.Number ? [.. _numbers] : null,
        Texts = _texts,
        Size = _column.Type is VectorDataViewType vector ? vector.Size : 1,
        Distinct = _known.Count,
    };

    private static Func<(object? Key, double Number)> ReaderOf(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case TextDataViewType:
                return Read<ReadOnlyMemory<char>>(text => (text.IsEmpty ? null : text.ToString(), double.NaN));
            case BooleanDataViewType:
                return Read<bool>(mark => OfNumber(mark ? 1 : 0));
            case KeyDataViewType:
                return OfKeys(cursor, column);
            case NumberDataViewType:
                var number = cursor.GetNumberGetter(column);
                return () =>
                {
                    var value = 0.0;
                    number(ref value);
                    return OfNumber(value);
                };
            case DateTimeDataViewType:
                return Read<DateTime>(moment => (moment, double.NaN));
            case DateTimeOffsetDataViewType:
                return Read<DateTimeOffset>(moment => (moment, double.NaN));
            case VectorDataViewType when KindOf(column.Type) != ColumnKind.Other:
                return Read<VBuffer<float>>(values => OfVector(values));
            default:
                return () => (null, double.NaN);
        }

        Func<(object? Key, double Number)> Read<T>(Func<T, (object? Key, double Number)> valueOf)
        {
            var (getter, value) = (cursor.GetGetter<T>(column), default(T)!);
            return () =>
            {
                getter(ref value);
                return valueOf(value);
            };
        }
    }

    private static Func<(object? Key, double Number)> OfKeys(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var names = ClassAnnotations.NamesOf(column);
        var (getter, value) = (cursor.GetKeyGetter(column), 0u);
        return () =>
        {
            getter(ref value);
            return (value == 0 ? null : value <= names?.Count ? names[(int)value - 1] : $"{value}", double.NaN);
        };
    }

    // Adding 0 makes the negative zero that which equals it.
    private static (object? Key, double Number) OfNumber(double number) => double.IsFinite(number) ? (number + 0.0, number + 0.0) : (null, double.NaN);

    private static (object? Key, double Number) OfVector(in VBuffer<float> values)
    {
        var hash = default(HashCode);
        foreach (var (slot, value) in values.Items())
        {
            if (!float.IsFinite(value))
                return (null, double.NaN);
            if (value == 0)
                continue;
            hash.Add(slot);
            hash.Add(value);
        }

        return (hash.ToHashCode(), double.NaN);
    }
}
