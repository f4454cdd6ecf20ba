namespace Microsoft.ML.Regularization.MLNet;

/// <summary>How a <see cref="RowMappingTransformer"/> computes columns from the rows of a schema.</summary>
internal abstract class RowMapping
{
    /// <summary>The columns that are computed.</summary>
    public abstract DataViewSchema.DetachedColumn[] Outputs { get; }

    /// <summary>Whether a column is read where any of the outputs is asked for.</summary>
    public abstract bool Reads(int column);

    /// <summary>The getters of the outputs that are active, one at least, in the outputs' places.</summary>
    public abstract Delegate[] CreateGetters(DataViewRow row, Func<int, bool> isActive);
}
