using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A layer of maps in managed code, at scoring, and the activation behind it. An image gives the same bits alone as among others.</summary>
/// <param name="outputs">The size of the maps behind it.</param>
internal abstract class MapStep(MapSize outputs)
{
    public MapSize Outputs => outputs;

    /// <summary>What the maps go through at last; null for nothing.</summary>
    public Activation? Activation { get; set; }

    /// <param name="input">Of one or more images.</param>
    /// <param name="output">Of as many; other memory.</param>
    /// <param name="memory">For maps in between.</param>
    public void Apply(ImageMaps input, ImageMaps output, MapMemory memory)
    {
        Compute(input, output, memory);
        for (var image = 0; Activation is { } activation && image < output.Images; image++)
            ActivationFunction.Apply(activation, Numbers(output, image));
    }

    /// <inheritdoc cref="Apply"/>
    protected abstract void Compute(ImageMaps input, ImageMaps output, MapMemory memory);

    /// <summary>An image's numbers, place by place.</summary>
    protected static unsafe Span<float> Numbers(ImageMaps maps, int image) => new(maps.At(image, 0, 0), maps.Height * maps.Width * maps.Channels);

    /// <summary>A place's numbers.</summary>
    protected static unsafe Span<float> Place(ImageMaps maps, int image, int y, int x) => new(maps.At(image, y, x), maps.Channels);
}
