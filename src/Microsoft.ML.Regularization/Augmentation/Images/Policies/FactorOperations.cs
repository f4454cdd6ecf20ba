namespace Microsoft.ML.Regularization;

/// <summary>Brightness by the factor 1 + strength.</summary>
internal sealed class BrightnessOperation : PolicyOperation
{
    public override bool IsSigned => true;

    public override void Apply(ColourPlanes picture, double strength) => ColourChanges.Brightness(picture, (float)(1 + strength));
}

/// <summary>Contrast by the factor 1 + strength.</summary>
internal sealed class ContrastOperation : PolicyOperation
{
    public override bool IsSigned => true;

    public override void Apply(ColourPlanes picture, double strength) => ColourChanges.Contrast(picture, (float)(1 + strength));
}

/// <summary>Saturation by the factor 1 + strength; the papers call it colour.</summary>
internal sealed class SaturationOperation : PolicyOperation
{
    public override bool NeedsColours => true;

    public override bool IsSigned => true;

    public override void Apply(ColourPlanes picture, double strength) => ColourChanges.Saturation(picture, (float)(1 + strength));
}
