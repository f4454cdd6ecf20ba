using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>What some columns hold in some rows, as it is written.</summary>
internal static class RowTexts
{
    /// <summary>Whether a column's values can be written: texts, marks and numbers by themselves.</summary>
    public static bool CanWrite(DataViewSchema.Column column) =>
        column.Type is TextDataViewType or BooleanDataViewType || (column.Type is NumberDataViewType { RawType: var type } && (type == typeof(float) || type == typeof(double) || type == typeof(int)));

    /// <summary>For each place the values of the columns.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="columns">Of which <see cref="CanWrite"/> holds.</param>
    /// <param name="places">Numbers of rows.</param>
    public static Dictionary<int, string[]> Read(IDataView rows, IReadOnlyList<string> columns, IReadOnlySet<int> places)
    {
        using var cursor = rows.GetRowCursor(columns.Select(name => rows.Schema[name]));
        var writers = columns.Select(name => WriterOf(cursor, rows.Schema[name])).ToList();
        var texts = new Dictionary<int, string[]>();
        while (texts.Count < places.Count && cursor.MoveNext())
        {
            if (places.Contains((int)cursor.Position))
                texts.Add((int)cursor.Position, [.. writers.Select(write => write())]);
        }

        return texts;
    }

    private static Func<string> WriterOf(DataViewRowCursor cursor, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => Writer<ReadOnlyMemory<char>>(cursor, column, text => text.ToString()),
        BooleanDataViewType => Writer<bool>(cursor, column, mark => mark ? "true" : "false"),
        { RawType: var type } when type == typeof(float) => Writer<float>(cursor, column, number => number.ToString("G6", CultureInfo.InvariantCulture)),
        { RawType: var type } when type == typeof(double) => Writer<double>(cursor, column, number => number.ToString("G8", CultureInfo.InvariantCulture)),
        _ => Writer<int>(cursor, column, number => number.ToString(CultureInfo.InvariantCulture)),
    };

    private static Func<string> Writer<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, string> write)
    {
        var (getter, value) = (cursor.GetGetter<T>(column), default(T)!);
        return () =>
        {
            getter(ref value);
            return write(value);
        };
    }
}
