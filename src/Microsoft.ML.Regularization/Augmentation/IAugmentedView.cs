namespace Microsoft.ML.Regularization;

/// <summary>A view whose rows are drawn anew by each cursor that is opened with a <see cref="Random"/>.</summary>
internal interface IAugmentedView : IDataView
{
    /// <summary>Whether a row of the source may stand here more than once.</summary>
    bool RepeatsRows { get; }

    string AugmentationName { get; }
}
