namespace Microsoft.ML.Regularization.Inputs;

/// <summary>
/// An image as planes of rows of pixels, each pixel some numbers beside each other. Channels are planes where they come first, and the numbers of a pixel
/// where they come last, so that code that moves pixels works for both orders.
/// </summary>
internal readonly record struct ImageLayout(int Planes, int Height, int Width, int PixelSize)
{
    public int RowLength => Width * PixelSize;

    public int Size => Planes * Height * RowLength;

    /// <summary>Where the row of a plane begins.</summary>
    public int Row(int plane, int y) => (plane * Height + y) * RowLength;
}
