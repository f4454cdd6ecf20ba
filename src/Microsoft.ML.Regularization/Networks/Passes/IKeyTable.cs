namespace Microsoft.ML.Regularization.Networks;

/// <summary>A table with a vector for each value of a category.</summary>
internal interface IKeyTable
{
    /// <summary>The same in managed code.</summary>
    KeyTablePass CreatePass();
}
