using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Distributions over classes, smoothed, then each class's share times its weight.</summary>
internal sealed class ClassEncoding(int classes, float[]? weights) : TargetEncoding
{
    public override IReadOnlyList<float>? ClassWeights => weights;

    public override void Apply(Span<float> targets, double labelSmoothing)
    {
        TargetSmoothing.Apply(targets, classes, labelSmoothing);
        if (weights is null)
            return;

        for (; targets.Length > 0; targets = targets[classes..])
            TensorPrimitives.Multiply(targets[..classes], weights, targets[..classes]);
    }
}
