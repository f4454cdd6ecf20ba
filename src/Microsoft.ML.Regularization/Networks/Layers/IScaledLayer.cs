using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A layer that multiplies its matrix by a factor.</summary>
internal interface IScaledLayer
{
    /// <summary>The matrix and the factor.</summary>
    WeightScale Scale { get; }
}
