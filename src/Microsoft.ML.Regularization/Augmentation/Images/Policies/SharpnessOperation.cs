using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Scales, by the factor 1 + strength, what colors differ from the smoothed picture: a pixel weighs 5/13 there and each of its eight neighbours 1/13.
/// The outermost pixels stay as they are.
/// </summary>
internal sealed class SharpnessOperation : PolicyOperation
{
    private const float CentreWeight = 5 / 13f;
    private const float NeighbourWeight = 1 / 13f;

    public override bool IsSigned => true;

    public override void Apply(ColorPlanes picture, double strength)
    {
        var (height, width) = (picture.Layout.Height, picture.Layout.Width);
        if (height < 3 || width < 3)
            return;

        for (var plane = 0; plane < picture.Colors; plane++)
        {
            var values = picture.Plane(plane);
            var smooth = picture.Spare.Slice(plane * picture.PlaneSize, picture.PlaneSize);
            values.CopyTo(smooth);
            for (var y = 1; y < height - 1; y++)
                Smooth(values, width, y, smooth.Slice(y * width + 1, width - 2), picture.Grey);
            ColorKernels.Blend(values, smooth, (float)(1 + strength));
        }
    }

    // The sum of all nine at a ninth's weight, and what the centre weighs more.
    private static void Smooth(ReadOnlySpan<float> values, int width, int y, Span<float> result, Span<float> columns)
    {
        columns = columns[..width];
        TensorPrimitives.Add(values.Slice((y - 1) * width, width), values.Slice(y * width, width), columns);
        TensorPrimitives.Add(columns, values.Slice((y + 1) * width, width), columns);
        TensorPrimitives.Add(columns[..^2], columns[1..^1], result);
        TensorPrimitives.Add(result, columns[2..], result);
        TensorPrimitives.Multiply(result, NeighbourWeight, result);
        TensorPrimitives.MultiplyAdd(values.Slice(y * width + 1, width - 2), CentreWeight - NeighbourWeight, result, result);
    }
}
