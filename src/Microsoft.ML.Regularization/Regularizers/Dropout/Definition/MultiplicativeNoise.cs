using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Multiplies units by the numbers that a kind of dropout draws while training, too.</summary>
internal sealed class MultiplicativeNoise(float[] factors) : LayerNoise
{
    public override void ChangeUnits(Span<float> units) => TensorPrimitives.Multiply(units, factors, units);
}
