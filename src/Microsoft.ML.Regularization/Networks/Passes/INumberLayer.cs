namespace Microsoft.ML.Regularization.Networks;

/// <summary>A layer from numbers to their vectors.</summary>
internal interface INumberLayer
{
    /// <summary>The same in managed code.</summary>
    InputPass CreatePass();
}
