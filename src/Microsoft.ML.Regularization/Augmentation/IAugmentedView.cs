namespace Microsoft.ML.Regularization;

/// <summary>A view of changed rows.</summary>
internal interface IAugmentedView : IDataView
{
    /// <summary>
    /// True: each cursor that is opened with a <see cref="Random"/> draws its changes anew. False: the view is for trainers that count on
    /// reading the same rows in every pass, or its changes are no matter of chance.
    /// </summary>
    bool DrawsAnew { get; }

    /// <summary>Whether a row of the source may stand in it more than once.</summary>
    bool RepeatsRows { get; }

    string AugmentationName { get; }
}
