namespace Microsoft.ML.Regularization.Groups;

/// <summary>Where networks of groups are trained.</summary>
internal interface IGroupWork : IDisposable
{
    /// <summary>The common model that was trained before, in a fit that ended in the middle; null where there is none.</summary>
    /// <param name="isCompared">Whether it is the one that has not seen the held-out rows.</param>
    CommonModel? FindCommon(bool isCompared);

    /// <summary>The losses of all held-out rows, by candidate.</summary>
    /// <param name="common">A model that has not seen them.</param>
    /// <param name="split">The rows.</param>
    /// <param name="pulls">The candidates; null is the common network itself.</param>
    double[] Compare(CommonModel common, GroupSplit split, IReadOnlyList<double?> pulls);

    /// <summary>The groups, each with its network where it has rows enough.</summary>
    /// <param name="common">The common model.</param>
    /// <param name="groups">All groups.</param>
    /// <param name="pull">How strongly networks are held at the common one.</param>
    IReadOnlyList<GroupFit> Fit(CommonModel common, GroupRows groups, double pull);
}
