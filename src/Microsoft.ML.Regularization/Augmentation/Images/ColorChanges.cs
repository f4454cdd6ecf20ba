using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Changes of a picture's colors, as ColorJitter and the policies share them.</summary>
internal static class ColorChanges
{
    /// <summary>Scales all colors: 0 gives black, 1 the picture.</summary>
    public static void Brightness(ColorPlanes picture, float factor) => ColorKernels.Blend(picture.ColorValues, 0, factor);

    /// <summary>Scales what colors differ from the mean grey of the picture: 0 gives that grey, 1 the picture.</summary>
    public static void Contrast(ColorPlanes picture, float factor) => ColorKernels.Blend(picture.ColorValues, MeanGrey(picture), factor);

    /// <summary>Scales what colors differ from the grey of their pixel: 0 gives a grey picture, 1 the picture.</summary>
    public static void Saturation(ColorPlanes picture, float factor)
    {
        ColorKernels.Grey(picture.Plane(0), picture.Plane(1), picture.Plane(2), picture.Grey);
        for (var plane = 0; plane < picture.Colors; plane++)
            ColorKernels.Blend(picture.Plane(plane), picture.Grey, factor);
    }

    /// <summary>Turns the hue of all colors; 0 gives the picture, 1 as well.</summary>
    public static void Hue(ColorPlanes picture, float turns) =>
        ColorKernels.TurnHue(picture.Plane(0), picture.Plane(1), picture.Plane(2), turns);

    private static float MeanGrey(ColorPlanes picture) => picture.Colors == 3
        ? (ColorKernels.Luma.Red * TensorPrimitives.Sum(picture.Plane(0))
            + ColorKernels.Luma.Green * TensorPrimitives.Sum(picture.Plane(1))
            + ColorKernels.Luma.Blue * TensorPrimitives.Sum(picture.Plane(2))) / picture.PlaneSize
        : TensorPrimitives.Sum(picture.ColorValues) / picture.ColorValues.Length;
}
