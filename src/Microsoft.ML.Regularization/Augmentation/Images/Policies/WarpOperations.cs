using System.Numerics;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Moves pixels, all channels alike, bilinearly; what comes from outside of the picture is black.</summary>
internal abstract class WarpOperation : PolicyOperation
{
    public sealed override bool IsSigned => true;

    public sealed override void Apply(ColorPlanes picture, double strength)
    {
        if (strength == 0)
            return;

        AffineWarp.Apply(picture.Layout, picture.Values, picture.Spare, Inverse(picture.Layout, strength), fill: 0);
        picture.Swap();
    }

    /// <summary>Maps pixel centres of the result to those of the source.</summary>
    protected abstract Matrix3x2 Inverse(ImageLayout image, double strength);
}

/// <summary>Rotates about the centre; strength is in degrees.</summary>
internal sealed class RotateOperation : WarpOperation
{
    protected override Matrix3x2 Inverse(ImageLayout image, double strength) => AffineWarp.RotationAboutCentre(image, strength);
}

/// <summary>Shifts rows sideways, by strength pixels for each pixel from the upper edge.</summary>
internal sealed class ShearXOperation : WarpOperation
{
    protected override Matrix3x2 Inverse(ImageLayout image, double strength) => new(1, 0, (float)strength, 1, (float)strength / 2, 0);
}

/// <summary>Shifts columns up or down, by strength pixels for each pixel from the left edge.</summary>
internal sealed class ShearYOperation : WarpOperation
{
    protected override Matrix3x2 Inverse(ImageLayout image, double strength) => new(1, (float)strength, 0, 1, 0, (float)strength / 2);
}

/// <summary>Shifts sideways; strength is in pixels, of which whole ones count.</summary>
internal sealed class TranslateXOperation : WarpOperation
{
    protected override Matrix3x2 Inverse(ImageLayout image, double strength) => Matrix3x2.CreateTranslation((float)Math.Truncate(strength), 0);
}

/// <summary>Shifts up or down; strength is in pixels, of which whole ones count.</summary>
internal sealed class TranslateYOperation : WarpOperation
{
    protected override Matrix3x2 Inverse(ImageLayout image, double strength) => Matrix3x2.CreateTranslation(0, (float)Math.Truncate(strength));
}
