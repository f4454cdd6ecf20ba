using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Makes another image of an image, for one cursor: it may keep memory to work in.</summary>
internal abstract class ImageOperation(ImageLayout image)
{
    protected ImageLayout Image { get; } = image;

    /// <param name="source">The image; it must stay as it is.</param>
    /// <param name="result">Receives all numbers of the new image. It is other memory than <paramref name="source"/>.</param>
    /// <param name="random">The row's own numbers.</param>
    public abstract void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random);
}
