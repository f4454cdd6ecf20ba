namespace Microsoft.ML.Regularization.Networks;

/// <summary>The size of an image's maps.</summary>
/// <param name="Height">Places from top to bottom.</param>
/// <param name="Width">Places from left to right.</param>
/// <param name="Channels">Numbers of a place.</param>
internal readonly record struct MapSize(int Height, int Width, int Channels)
{
    public int Numbers => checked(Height * Width * Channels);

    /// <summary>Height and width divided, rounded up.</summary>
    public MapSize Every(int stride) => this with { Height = (Height + stride - 1) / stride, Width = (Width + stride - 1) / stride };
}
