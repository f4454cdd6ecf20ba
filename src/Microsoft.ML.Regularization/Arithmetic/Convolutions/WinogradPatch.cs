using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Tiles of maps, there and back: what lies outside of a map reads as 0, and is not written.</summary>
internal static unsafe class WinogradPatch
{
    private const int Side = WinogradTiles.Side;
    private const int Reach = WinogradTiles.Reach;
    private const int Lanes = WinogradTiles.Lanes;

    /// <summary>The 36 left factors of a tile's products, (channels) each.</summary>
    /// <param name="maps">The convolution's inputs.</param>
    /// <param name="tile">The image, and the place of the tile's first result.</param>
    /// <param name="to">Where the first product's goes.</param>
    /// <param name="stride">Floats from a product's to those of the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ImageMaps maps, (int Image, int Y, int X) tile, float* to, nint stride)
    {
        var columnsMemory = stackalloc float[Reach * Reach * Lanes + AlignedFloats.Slack];
        var columns = AlignedFloats.Align(columnsMemory);
        var (y, x) = (tile.Y - 1, tile.X - 1);
        var (top, bottom, left, right) = (Math.Max(0, -y), Math.Min(Reach, maps.Height - y), Math.Max(0, -x), Math.Min(Reach, maps.Width - x));
        nint row = maps.Width * maps.Channels;
        if (left > 0 || right < Reach)
            new Span<float>(columns, Reach * Reach * Lanes).Clear();
        for (var channel = 0; channel < maps.Channels; channel += Lanes, to += Lanes)
        {
            var place = maps.At(tile.Image, y, x + left) + channel;
            for (var i = left; i < right; i++, place += maps.Channels)
            {
                var column = columns + i * Lanes;
                if (top == 0 && bottom == Reach)
                {
                    WinogradTransforms.OfInputs(
                        Vector512.Load(place), Vector512.Load(place + row), Vector512.Load(place + 2 * row), Vector512.Load(place + 3 * row),
                        Vector512.Load(place + 4 * row), Vector512.Load(place + 5 * row), column, Reach * Lanes);
                    continue;
                }

                // A tile has a result, so of its six rows the second is there.
                WinogradTransforms.OfInputs(
                    top == 0 ? Vector512.Load(place) : default,
                    Vector512.Load(place + row),
                    bottom > 2 ? Vector512.Load(place + 2 * row) : default,
                    bottom > 3 ? Vector512.Load(place + 3 * row) : default,
                    bottom > 4 ? Vector512.Load(place + 4 * row) : default,
                    bottom > 5 ? Vector512.Load(place + 5 * row) : default,
                    column,
                    Reach * Lanes);
            }

            var from = columns;
            var target = to;
            for (var i = 0; i < Reach; i++, from += Reach * Lanes, target += Reach * stride)
            {
                WinogradTransforms.OfInputs(
                    Vector512.Load(from), Vector512.Load(from + Lanes), Vector512.Load(from + 2 * Lanes), Vector512.Load(from + 3 * Lanes),
                    Vector512.Load(from + 4 * Lanes), Vector512.Load(from + 5 * Lanes), target, stride);
            }
        }
    }

    /// <summary>The gradients of a tile's 36 products, (channels) each, as panels of right factors.</summary>
    /// <param name="maps">The gradients of the convolution's results.</param>
    /// <param name="tile">The image, and the place of the tile's first result.</param>
    /// <param name="to">Where the first product's go, in the first panel.</param>
    /// <param name="stride">Floats from a product's to those of the next.</param>
    /// <param name="panelStride">Floats from a panel to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReadGradients(ImageMaps maps, (int Image, int Y, int X) tile, float* to, nint stride, nint panelStride)
    {
        var columnsMemory = stackalloc float[Reach * Side * Lanes + AlignedFloats.Slack];
        var columns = AlignedFloats.Align(columnsMemory);
        var (height, width) = (Math.Min(Side, maps.Height - tile.Y), Math.Min(Side, maps.Width - tile.X));
        nint row = maps.Width * maps.Channels;
        new Span<float>(columns, Reach * Side * Lanes).Clear();
        for (var channel = 0; channel < maps.Channels; channel += Lanes)
        {
            var place = maps.At(tile.Image, tile.Y, tile.X) + channel;
            for (var i = 0; i < width; i++, place += maps.Channels)
            {
                WinogradTransforms.OfGradients(
                    Vector512.Load(place),
                    height > 1 ? Vector512.Load(place + row) : default,
                    height > 2 ? Vector512.Load(place + 2 * row) : default,
                    height > 3 ? Vector512.Load(place + 3 * row) : default,
                    columns + i * Lanes,
                    Side * Lanes);
            }

            var (panel, column) = Math.DivRem(channel, MatrixTile.Columns);
            var from = columns;
            var target = to + panel * panelStride + column;
            for (var i = 0; i < Reach; i++, from += Side * Lanes, target += Reach * stride)
            {
                WinogradTransforms.OfGradients(
                    Vector512.Load(from), Vector512.Load(from + Lanes), Vector512.Load(from + 2 * Lanes), Vector512.Load(from + 3 * Lanes), target, stride);
            }
        }
    }

    /// <summary>A tile's results from its 36 products, (channels) each.</summary>
    /// <param name="from">The first product's.</param>
    /// <param name="stride">Floats from a product's to those of the next.</param>
    /// <param name="bias">(channels); null for none.</param>
    /// <param name="maps">The convolution's results.</param>
    /// <param name="tile">The image, and the place of the tile's first result.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* from, nint stride, float* bias, ImageMaps maps, (int Image, int Y, int X) tile)
    {
        var columnsMemory = stackalloc float[Side * Reach * Lanes + AlignedFloats.Slack];
        var columns = AlignedFloats.Align(columnsMemory);
        var resultsMemory = stackalloc float[Side * Lanes + AlignedFloats.Slack];
        var results = AlignedFloats.Align(resultsMemory);
        var (height, width) = (Math.Min(Side, maps.Height - tile.Y), Math.Min(Side, maps.Width - tile.X));
        nint row = maps.Width * maps.Channels;
        for (var channel = 0; channel < maps.Channels; channel += Lanes, from += Lanes)
        {
            var product = from;
            var down = Reach * stride;
            for (var i = 0; i < Reach; i++, product += stride)
            {
                WinogradTransforms.OfProducts(
                    Vector512.Load(product), Vector512.Load(product + down), Vector512.Load(product + 2 * down), Vector512.Load(product + 3 * down),
                    Vector512.Load(product + 4 * down), Vector512.Load(product + 5 * down), columns + i * Lanes, Reach * Lanes);
            }

            var shift = bias is null ? default : Vector512.Load(bias + channel);
            var place = maps.At(tile.Image, tile.Y, tile.X) + channel;
            var column = columns;
            for (var y = 0; y < height; y++, place += row, column += Reach * Lanes)
            {
                WinogradTransforms.OfProducts(
                    Vector512.Load(column), Vector512.Load(column + Lanes), Vector512.Load(column + 2 * Lanes), Vector512.Load(column + 3 * Lanes),
                    Vector512.Load(column + 4 * Lanes), Vector512.Load(column + 5 * Lanes), results, Lanes);
                for (var x = 0; x < width; x++)
                    (Vector512.Load(results + x * Lanes) + shift).Store(place + (nint)x * maps.Channels);
            }
        }
    }
}
