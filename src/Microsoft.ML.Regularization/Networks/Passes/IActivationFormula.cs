using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>An <see cref="Activation"/> and its derivative.</summary>
internal interface IActivationFormula
{
    static abstract (Vector512<float> Value, Vector512<float> Slope) Of(Vector512<float> x);
}
