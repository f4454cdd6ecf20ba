namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Convolution of maps with 3 x 3 kernels and a rim of zeros. Threads share tiles out, some of them at a time, so that their 36 products stay in the cache.
/// </summary>
internal sealed unsafe class WinogradConvolution : TeamWork
{
    // Floats of factors and products that stay in the cache next to the core.
    private const int MostFloats = 1 << 16;
    private const int MostTiles = 96;

    [ThreadStatic]
    private static WinogradConvolution? t_convolution;

    [ThreadStatic]
    private static WinogradKernels? t_kernels;

    [ThreadStatic]
    private static AlignedFloats? t_memory;

    private WinogradKernels _kernels = null!;
    private ImageMaps _inputs;
    private ImageMaps _outputs;
    private WinogradTiles _tiles;
    private float* _bias;
    private int _tilesOfPart;

    private WinogradConvolution()
    {
    }

    /// <param name="inputs">(images, height, width, inputs).</param>
    /// <param name="kernels">(outputs, inputs, 3, 3), or where they are turned (inputs, outputs, 3, 3).</param>
    /// <param name="isTurned">Whether kernels are upside down, as for the gradient of a convolution's inputs.</param>
    /// <param name="bias">(outputs); null for none.</param>
    /// <param name="outputs">(images, height, width, outputs).</param>
    public static void Compute(ImageMaps inputs, float* kernels, bool isTurned, float* bias, ImageMaps outputs)
    {
        var packed = t_kernels ??= new WinogradKernels();
        var (behind, before) = isTurned ? (inputs.Channels, outputs.Channels) : (outputs.Channels, inputs.Channels);
        packed.Pack(kernels, behind, before, isTurned);
        Compute(inputs, packed, bias, outputs);
    }

    /// <summary>The same with kernels that were packed before.</summary>
    public static void Compute(ImageMaps inputs, WinogradKernels kernels, float* bias, ImageMaps outputs)
    {
        var work = t_convolution ??= new WinogradConvolution();
        (work._inputs, work._kernels, work._outputs) = (inputs, kernels, outputs);
        work._bias = bias;
        work._tiles = new WinogradTiles(inputs.Images, inputs.Height, inputs.Width);
        var most = MostFloats / (WinogradTiles.Products * (inputs.Channels + outputs.Channels));
        work._tilesOfPart = Math.Clamp(most, MatrixTile.Rows, MostTiles) / MatrixTile.Rows * MatrixTile.Rows;
        ThreadTeam.Current.Run(work, (work._tiles.Count + work._tilesOfPart - 1) / work._tilesOfPart);
        work._kernels = null!;
    }

    public override void Run(int part)
    {
        var first = part * _tilesOfPart;
        var count = Math.Min(_tilesOfPart, _tiles.Count - first);
        var (inputs, outputs) = (_kernels.Inputs, _kernels.Outputs);
        var (factorStride, productStride) = (WinogradTiles.Stride(_tilesOfPart * inputs), WinogradTiles.Stride(_tilesOfPart * outputs));
        var factors = AlignedFloats.Ensure(ref t_memory, WinogradTiles.Products * (factorStride + productStride)).Pointer;
        var products = factors + (nint)WinogradTiles.Products * factorStride;
        for (var tile = 0; tile < count; tile++)
            WinogradPatch.Read(_inputs, _tiles.At(first + tile), factors + (nint)tile * inputs, factorStride);
        for (var product = 0; product < WinogradTiles.Products; product++)
        {
            WinogradProducts.Compute(
                new Matrix(factors + (nint)product * factorStride, count, inputs), _kernels.Panel(product, 0),
                new Matrix(products + (nint)product * productStride, count, outputs), adds: false);
        }

        for (var tile = 0; tile < count; tile++)
            WinogradPatch.Write(products + (nint)tile * outputs, productStride, _bias, _outputs, _tiles.At(first + tile));
    }
}
