using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Applies a <see cref="GradientClipping"/> between the backward pass and the optimizer's step.</summary>
internal abstract class GradientClipper(FlatParameters parameters) : IAfterGradient
{
    public abstract void AfterGradient(double norm);

    /// <summary>Their gradients are clipped in place.</summary>
    protected FlatParameters Parameters { get; } = parameters;
}
