using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>Changes of a picture's colours, as ColorJitter and the policies share them.</summary>
internal static class ColourChanges
{
    /// <summary>Scales all colours: 0 gives black, 1 the picture.</summary>
    public static void Brightness(ColourPlanes picture, float factor) => ColourKernels.Blend(picture.ColourValues, 0, factor);

    /// <summary>Scales what colours differ from the mean grey of the picture: 0 gives that grey, 1 the picture.</summary>
    public static void Contrast(ColourPlanes picture, float factor) => ColourKernels.Blend(picture.ColourValues, MeanGrey(picture), factor);

    /// <summary>Scales what colours differ from the grey of their pixel: 0 gives a grey picture, 1 the picture.</summary>
    public static void Saturation(ColourPlanes picture, float factor)
    {
        ColourKernels.Grey(picture.Plane(0), picture.Plane(1), picture.Plane(2), picture.Grey);
        for (var plane = 0; plane < picture.Colours; plane++)
            ColourKernels.Blend(picture.Plane(plane), picture.Grey, factor);
    }

    /// <summary>Turns the hue of all colours; 0 gives the picture, 1 as well.</summary>
    public static void Hue(ColourPlanes picture, float turns) =>
        ColourKernels.TurnHue(picture.Plane(0), picture.Plane(1), picture.Plane(2), turns);

    private static float MeanGrey(ColourPlanes picture) => picture.Colours == 3
        ? (ColourKernels.Luma.Red * TensorPrimitives.Sum(picture.Plane(0))
            + ColourKernels.Luma.Green * TensorPrimitives.Sum(picture.Plane(1))
            + ColourKernels.Luma.Blue * TensorPrimitives.Sum(picture.Plane(2))) / picture.PlaneSize
        : TensorPrimitives.Sum(picture.ColourValues) / picture.ColourValues.Length;
}
