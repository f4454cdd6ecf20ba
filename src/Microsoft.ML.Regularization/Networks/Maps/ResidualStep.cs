using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><c>s(x) + factor f(x)</c> of maps.</summary>
/// <param name="branch">f.</param>
/// <param name="shortcut">s; null for x itself, or every second place of it where f adds maps, which are 0 there.</param>
/// <param name="factor">How often training took f.</param>
internal sealed class ResidualStep(MapSteps branch, MapSteps? shortcut, float factor) : MapStep(branch.Outputs)
{
    protected override void Compute(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        branch.Apply(input, output, memory);
        if (shortcut is null)
        {
            Add(input, output);
            return;
        }

        var (taken, maps) = memory.Take(Outputs, input.Images);
        shortcut.Apply(input, maps, memory);
        Add(maps, output);
        memory.Give(taken);
    }

    private void Add(ImageMaps input, ImageMaps output)
    {
        for (var image = 0; image < output.Images; image++)
        {
            if (input.Channels == output.Channels)
            {
                Add(Numbers(input, image), Numbers(output, image));
                continue;
            }

            for (var y = 0; y < output.Height; y++)
            {
                for (var x = 0; x < output.Width; x++)
                {
                    var sums = Place(output, image, y, x);
                    TensorPrimitives.Multiply(sums[input.Channels..], factor, sums[input.Channels..]);
                    Add(Place(input, image, 2 * y, 2 * x), sums[..input.Channels]);
                }
            }
        }
    }

    private void Add(ReadOnlySpan<float> values, Span<float> sums) => TensorPrimitives.MultiplyAdd(sums, factor, values, sums);
}
