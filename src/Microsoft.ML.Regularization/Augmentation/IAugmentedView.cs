namespace Microsoft.ML.Regularization;

/// <summary>A view whose rows are drawn anew by each cursor that is opened with a <see cref="Random"/>.</summary>
internal interface IAugmentedView : IDataView
{
    string AugmentationName { get; }
}
