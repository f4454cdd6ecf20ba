namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// The results of a 3 x 3 convolution with a rim of zeros in tiles of 4 x 4, each of which takes 36 multiplications instead of 144: Lavin and Gray, "Fast
/// algorithms for convolutional neural networks" (2016).
/// </summary>
/// <param name="images">How many there are.</param>
/// <param name="height">Of the maps.</param>
/// <param name="width">Of the maps.</param>
internal readonly struct WinogradTiles(int images, int height, int width)
{
    /// <summary>Results of a tile's side.</summary>
    public const int Side = 4;

    /// <summary>Places that these depend on: the tile with a rim of one place.</summary>
    public const int Reach = Side + 2;

    /// <summary>Multiplications of a tile.</summary>
    public const int Products = Reach * Reach;

    /// <summary>Channels that are transformed together.</summary>
    public const int Lanes = 16;

    private readonly int _columns = (width + Side - 1) / Side;
    private readonly int _ofImage = (width + Side - 1) / Side * ((height + Side - 1) / Side);

    /// <summary>Tiles of all images.</summary>
    public int Count => images * _ofImage;

    /// <summary>The image of a tile, and the place of its first result.</summary>
    public (int Image, int Y, int X) At(int tile)
    {
        var (image, rest) = Math.DivRem(tile, _ofImage);
        var (row, column) = Math.DivRem(rest, _columns);
        return (image, row * Side, column * Side);
    }

    /// <summary>Numbers from a product's rows to those of the next: not a power of two, so that the 36 of them fall on different lines of the cache.</summary>
    /// <param name="numbers">That a product's rows have.</param>
    public static int Stride(int numbers) => numbers + Lanes;
}
