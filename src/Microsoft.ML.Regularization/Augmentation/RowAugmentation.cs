namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// An augmentation bound to the columns of a view: which columns it writes, and what it reads for that. It is shared by all cursors over the
/// view; what belongs to one of them is in the <see cref="RowAugmenter"/> that it makes for it.
/// </summary>
internal abstract class RowAugmentation
{
    /// <summary>The columns it writes: they replace columns of the same names, or follow all others.</summary>
    public abstract IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>Names of the source's columns that must be read whichever columns are asked for, because they decide what happens to a row.</summary>
    public virtual IReadOnlyList<string> Deciding => [];

    /// <summary>Names of the source's columns that a partner row must have; null where rows have no partner.</summary>
    public virtual IReadOnlyList<string>? PartnerColumns => null;

    /// <summary>Whether a fresh pass gives other rows.</summary>
    public virtual bool IsRandom => true;

    /// <summary>Number of augmented copies that follow each row; 0 if rows are changed in place.</summary>
    public virtual int Copies => 0;

    /// <summary>Whether a row may become two that count on being the same in every pass.</summary>
    public virtual bool WritesPairs => false;

    /// <summary>Whether every number of a vector is computed anew, rather than moved or mixed: long vectors take time then.</summary>
    public virtual bool ComputesAll => false;

    public abstract RowAugmenter Bind(AugmentedRow row);
}
