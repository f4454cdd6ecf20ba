namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Maps (images, height, width, channels) in memory that does not move meanwhile, the channels of a place next to each other.</summary>
/// <param name="Elements">The address of the first element.</param>
/// <param name="Images">How many there are.</param>
/// <param name="Height">Places from top to bottom.</param>
/// <param name="Width">Places from left to right.</param>
/// <param name="Channels">Numbers of a place.</param>
internal readonly unsafe record struct ImageMaps(nint Elements, int Images, int Height, int Width, int Channels)
{
    /// <summary>A place's channels. One outside of the map has an address, too, but nothing to read.</summary>
    public float* At(int image, int y, int x) => (float*)Elements + (((nint)image * Height + y) * Width + x) * Channels;
}
