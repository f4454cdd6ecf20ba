using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Stretches each channel so that its darkest number becomes 0 and its lightest 255. A channel of one number stays as it is. It has no strength.
/// </summary>
internal sealed class AutoContrastOperation : PolicyOperation
{
    public override void Apply(ColorPlanes picture, double strength)
    {
        for (var plane = 0; plane < picture.Colors; plane++)
        {
            var values = picture.Plane(plane);
            var (darkest, lightest) = (TensorPrimitives.Min<float>(values), TensorPrimitives.Max<float>(values));
            if (!(lightest > darkest))
                continue;

            var factor = ColorKernels.White / (lightest - darkest);
            ColorKernels.Scale(values, factor, -darkest * factor, values);
        }
    }
}
