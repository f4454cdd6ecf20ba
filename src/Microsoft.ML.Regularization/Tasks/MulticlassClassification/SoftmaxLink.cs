using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Outputs become the probabilities of the classes, their softmax.</summary>
internal sealed class SoftmaxLink : OutputLink
{
    public override void Apply(Span<float> outputs)
    {
        // Shifted first: the exponential of a logit above 88 is no longer a float.
        TensorPrimitives.Subtract(outputs, TensorPrimitives.Max<float>(outputs), outputs);
        TensorPrimitives.SoftMax(outputs, outputs);
    }
}
