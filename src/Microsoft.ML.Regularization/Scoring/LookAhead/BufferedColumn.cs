using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Scoring;

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
}
