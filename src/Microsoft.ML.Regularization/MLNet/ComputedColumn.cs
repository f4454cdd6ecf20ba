using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A column of numbers or marks that is computed from the row it stands in, and from what was learned of all rows.</summary>
internal abstract class ComputedColumn(string name, DataViewType type)
{
    public string Name { get; } = name;

    public DataViewType Type { get; } = type;

    /// <summary>Names of the source's columns that it reads.</summary>
    public virtual IReadOnlyList<string> Reads => [];

    /// <summary>Learns from all rows of the source, where that has not been done; called before a cursor that needs the column is opened.</summary>
    public virtual void Learn()
    {
    }

    /// <summary>The getter of the value in the row that <paramref name="row"/> stands on.</summary>
    /// <returns>A <see cref="ValueGetter{TValue}"/> of the column's type.</returns>
    public abstract Delegate Bind(DataViewRow row);
}
