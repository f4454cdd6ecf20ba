namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// The gradient of a convolution's kernels by the same 36 products: each sums over the tiles. Threads share out first the tiles of a chunk and then its products,
/// so each sum has one order.
/// </summary>
internal sealed unsafe class WinogradGradient : TeamWork
{
    // Floats of a chunk's factors, which stay in the caches of the cores, and tiles that a thread takes at once.
    private const int MostFloats = 1 << 18;
    private const int MostTiles = PanelProduct.MaxDepth;
    private const int TilesOfPart = 8;

    [ThreadStatic]
    private static WinogradGradient? t_gradient;

    private readonly WinogradKernelGradient _kernels = new();
    private ImageMaps _inputs;
    private ImageMaps _gradients;
    private WinogradTiles _tiles;
    private AlignedFloats? _memory;
    private int _first;
    private int _count;
    private bool _multiplies;

    private WinogradGradient()
    {
    }

    private nint LeftStride => WinogradTiles.Stride(_count * _inputs.Channels);

    private nint RightStride => WinogradTiles.Stride(_count * MatrixPanel.Count(_gradients.Channels) * MatrixTile.Columns);

    private float* Left => _memory!.Pointer;

    private float* Right => Left + WinogradTiles.Products * LeftStride;

    /// <param name="inputs">(images, height, width, inputs).</param>
    /// <param name="gradients">Of the results: (images, height, width, outputs).</param>
    /// <param name="kernels">(outputs, inputs, 3, 3).</param>
    /// <param name="adds">Whether the gradient is added to what is there.</param>
    public static void Compute(ImageMaps inputs, ImageMaps gradients, float* kernels, bool adds)
    {
        var work = t_gradient ??= new WinogradGradient();
        (work._inputs, work._gradients) = (inputs, gradients);
        work._tiles = new WinogradTiles(inputs.Images, inputs.Height, inputs.Width);
        work.Compute(ThreadTeam.Current);
        work._kernels.Unpack(kernels, adds);
    }

    public override void Run(int part)
    {
        if (_multiplies)
            Multiply(part);
        else
            Read(part * TilesOfPart);
    }

    private void Compute(ThreadTeam team)
    {
        _kernels.Reset(_inputs.Channels, _gradients.Channels);
        var floatsOfTile = WinogradTiles.Products * (_inputs.Channels + MatrixPanel.Count(_gradients.Channels) * MatrixTile.Columns);
        var chunk = Math.Clamp(MostFloats / floatsOfTile / TilesOfPart * TilesOfPart, TilesOfPart, MostTiles);
        AlignedFloats.Ensure(ref _memory, WinogradTiles.Products * (2 * WinogradTiles.Lanes) + chunk * floatsOfTile);
        for (_first = 0; _first < _tiles.Count; _first += chunk)
        {
            _count = Math.Min(chunk, _tiles.Count - _first);
            _multiplies = false;
            team.Run(this, (_count + TilesOfPart - 1) / TilesOfPart);
            _multiplies = true;
            team.Run(this, WinogradTiles.Products);
        }
    }

    private void Read(int first)
    {
        for (var tile = first; tile < Math.Min(first + TilesOfPart, _count); tile++)
        {
            var at = _tiles.At(_first + tile);
            WinogradPatch.Read(_inputs, at, Left + (nint)tile * _inputs.Channels, LeftStride);
            WinogradPatch.ReadGradients(_gradients, at, Right + (nint)tile * MatrixTile.Columns, RightStride, (nint)_count * MatrixTile.Columns);
        }
    }

    private void Multiply(int product) => WinogradProducts.Compute(
        new Matrix(Left + product * LeftStride, _count, _inputs.Channels).Transposed,
        Right + product * RightStride,
        _kernels.Of(product),
        adds: _first > 0);
}
