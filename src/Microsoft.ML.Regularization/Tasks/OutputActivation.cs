using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>From a network's raw outputs to what its task predicts: probabilities of classes, that of true, or the target in its own units.</summary>
internal sealed class OutputActivation(LearningTaskKind kind, TargetScale? scale)
{
    /// <param name="outputs">One row's outputs; become its prediction.</param>
    public void Apply(Span<float> outputs)
    {
        if (kind == LearningTaskKind.Regression)
        {
            outputs[0] = (float)scale!.Restore(outputs[0]);
        }
        else if (kind == LearningTaskKind.Binary)
        {
            outputs[0] = 1 / (1 + MathF.Exp(-outputs[0]));
        }
        else
        {
            // Shifted first: the exponential of a logit above 88 is no longer a float.
            TensorPrimitives.Subtract(outputs, TensorPrimitives.Max<float>(outputs), outputs);
            TensorPrimitives.SoftMax(outputs, outputs);
        }
    }
}
