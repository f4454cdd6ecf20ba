namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Brightness by the factor 1 + strength.</summary>
internal sealed class BrightnessOperation : PolicyOperation
{
    public override bool IsSigned => true;

    public override void Apply(ColorPlanes picture, double strength) => ColorChanges.Brightness(picture, (float)(1 + strength));
}

/// <summary>Contrast by the factor 1 + strength.</summary>
internal sealed class ContrastOperation : PolicyOperation
{
    public override bool IsSigned => true;

    public override void Apply(ColorPlanes picture, double strength) => ColorChanges.Contrast(picture, (float)(1 + strength));
}

/// <summary>Saturation by the factor 1 + strength; the papers call it color.</summary>
internal sealed class SaturationOperation : PolicyOperation
{
    public override bool NeedsColors => true;

    public override bool IsSigned => true;

    public override void Apply(ColorPlanes picture, double strength) => ColorChanges.Saturation(picture, (float)(1 + strength));
}
