using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Smooths label distributions: see <see cref="RegularizationRecipe.LabelSmoothing"/>.</summary>
internal static class TargetSmoothing
{
    /// <summary>Replaces each distribution y over <paramref name="classes"/> classes by <c>y (1 - a) + a / K</c>.</summary>
    public static void Apply(Span<float> distributions, int classes, double smoothing)
    {
        if (smoothing == 0)
            return;

        TensorPrimitives.Multiply(distributions, (float)(1 - smoothing), distributions);
        TensorPrimitives.Add(distributions, (float)(smoothing / classes), distributions);
    }
}
