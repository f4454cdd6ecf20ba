using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The values of a column of rows that are read ahead.</summary>
internal abstract class BufferedColumn : RowBuffer
{
    /// <summary>Gives the value of <see cref="RowBuffer.Row"/>; a <see cref="ValueGetter{TValue}"/> of the column's type.</summary>
    public abstract Delegate Getter { get; }

    /// <param name="source">The rows.</param>
    /// <param name="column">A column that is active in them, of values or vectors of values.</param>
    public static BufferedColumn Of(DataViewRow source, DataViewSchema.Column column)
    {
        var type = column.Type is VectorDataViewType vector
            ? typeof(BufferedVectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(BufferedValues<>).MakeGenericType(column.Type.RawType);
        return (BufferedColumn)Activator.CreateInstance(type, source, column)!;
    }

    /// <summary>The columns by their indices, each with room for a row.</summary>
    public static Dictionary<int, BufferedColumn> Of(DataViewRow source, IEnumerable<DataViewSchema.Column> columns)
    {
        var buffers = columns.ToDictionary(column => column.Index, column => Of(source, column));
        foreach (var buffer in buffers.Values)
            buffer.Reserve(1);
        return buffers;
    }

    /// <summary>The getter of one of some columns.</summary>
    public static ValueGetter<TValue> GetterOf<TValue>(Dictionary<int, BufferedColumn> columns, DataViewSchema.Column column)
    {
        Contracts.CheckParam(columns.ContainsKey(column.Index), nameof(column), "The column is not active.");
        return columns[column.Index].Getter as ValueGetter<TValue> ?? throw Contracts.Except($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}.");
    }

    /// <summary>Reads the source's current row as the only one.</summary>
    public void ReadOne()
    {
        Clear();
        TryRead(0);
    }
}
