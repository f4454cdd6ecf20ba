using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The operations of a policy, each with the strength that the highest level stands for.</summary>
internal sealed class PolicySpace
{
    /// <summary>Levels of strength are 0 to 30.</summary>
    public const int TopLevel = 30;

    private readonly List<(PolicyOperation Operation, double Most)> _entries = [];

    private PolicySpace(ImageLayout image, PolicyRanges ranges)
    {
        Add(new IdentityOperation(), 0);
        Add(new AutoContrastOperation(), 0);
        Add(new EqualizeOperation(), 0);
        Add(new RotateOperation(), ranges.Degrees);
        Add(new SolarizeOperation(), SolarizeOperation.AllLevels);
        Add(new PosterizeOperation(), ranges.Bits);
        Add(new SaturationOperation(), ranges.Factor);
        Add(new ContrastOperation(), ranges.Factor);
        Add(new BrightnessOperation(), ranges.Factor);
        Add(new SharpnessOperation(), ranges.Factor);
        Add(new ShearXOperation(), ranges.Shear);
        Add(new ShearYOperation(), ranges.Shear);
        Add(new TranslateXOperation(), ranges.Pixels ?? ranges.Share * image.Width);
        Add(new TranslateYOperation(), ranges.Pixels ?? ranges.Share * image.Height);

        void Add(PolicyOperation operation, double most)
        {
            if (!operation.NeedsColors || ColorPlanes.ColorsOf(image.Planes * image.PixelSize) > 1)
                _entries.Add((operation, most));
        }
    }

    public IReadOnlyList<PolicyOperation> Operations => _entries.ConvertAll(entry => entry.Operation);

    public static PolicySpace Wide(ImageLayout image) => new(image, new PolicyRanges(Degrees: 135, Bits: 6, Factor: 0.99, Shear: 0.99, Pixels: 32, Share: 0));

    public static PolicySpace RandAugment(ImageLayout image) =>
        new(image, new PolicyRanges(Degrees: 30, Bits: 4, Factor: 0.9, Shear: 0.3, Pixels: null, Share: 150 / 331.0));

    /// <summary>Applies an operation, any with equal probability, at a level of strength and, where it has two ways, one or the other.</summary>
    public void ApplyOne(ColorPlanes picture, int level, ref KeyedStream random)
    {
        var (operation, most) = _entries[(int)random.NextInt64(_entries.Count)];
        var strength = most * level / TopLevel;
        if (operation.IsSigned && (random.NextUInt32() & 1) != 0)
            strength = -strength;
        operation.Apply(picture, strength);
    }

    /// <summary>Ranges of strengths at the highest level.</summary>
    /// <param name="Degrees">Of rotation.</param>
    /// <param name="Bits">That posterizing takes away.</param>
    /// <param name="Factor">By which a factor of brightness, contrast, saturation or sharpness differs from 1.</param>
    /// <param name="Shear">Pixels sideways for each pixel across.</param>
    /// <param name="Pixels">Of translation; null where it is a share of the side.</param>
    /// <param name="Share">Of the side, of translation.</param>
    private sealed record PolicyRanges(double Degrees, double Bits, double Factor, double Shear, double? Pixels, double Share);
}
