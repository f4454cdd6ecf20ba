namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Leaves the picture as it is, which policies choose as often as any other operation.</summary>
internal sealed class IdentityOperation : PolicyOperation
{
    public override void Apply(ColorPlanes picture, double strength)
    {
    }
}
