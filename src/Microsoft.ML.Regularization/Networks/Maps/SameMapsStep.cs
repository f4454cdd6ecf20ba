using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>No layer, in front of an activation that has none.</summary>
/// <param name="inputs">The size of the maps before it.</param>
internal sealed class SameMapsStep(MapSize inputs) : MapStep(inputs)
{
    protected override void Compute(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        for (var image = 0; image < input.Images; image++)
            Numbers(input, image).CopyTo(Numbers(output, image));
    }
}
