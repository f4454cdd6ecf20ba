using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Kernels of 3 x 3 as the right factors of a tile's 36 products, (inputs, outputs) each, packed as products read them.</summary>
internal sealed unsafe class WinogradKernels : TeamWork
{
    /// <summary>Height and width of kernels.</summary>
    public const int Size = 3;

    // With more of them, their transforms take more memory than what they save is worth.
    private const int MostKernels = 1 << 17;

    private AlignedFloats? _panels;
    private float* _kernels;
    private bool _isTurned;

    /// <summary>Channels before the convolution, a multiple of 16.</summary>
    public int Inputs { get; private set; }

    /// <summary>Channels behind it, a multiple of 16.</summary>
    public int Outputs { get; private set; }

    /// <summary>Whether a convolution with them is faster than a product of its places.</summary>
    public static bool Takes(long inputs, long outputs, long size, long stride) =>
        MatrixTile.IsWide && size == Size && stride == 1 && inputs % WinogradTiles.Lanes == 0 && outputs % WinogradTiles.Lanes == 0 && inputs * outputs <= MostKernels;

    private int ProductStride => WinogradTiles.Stride(MatrixPanel.Count(Outputs) * Inputs * MatrixTile.Columns);

    /// <summary>(inputs, columns of a tile) of a product's factor.</summary>
    public float* Panel(int product, int index) => _panels!.Pointer + (nint)product * ProductStride + (nint)index * Inputs * MatrixTile.Columns;

    /// <summary>Takes kernels in the place of those before.</summary>
    /// <param name="kernels">(outputs, inputs, 3, 3).</param>
    /// <param name="outputs">Maps behind the convolution.</param>
    /// <param name="inputs">Maps before it.</param>
    /// <param name="isTurned">For the gradient of the inputs: kernels upside down, with the outputs as inputs.</param>
    public void Pack(float* kernels, int outputs, int inputs, bool isTurned)
    {
        (Inputs, Outputs) = isTurned ? (outputs, inputs) : (inputs, outputs);
        _kernels = kernels;
        _isTurned = isTurned;
        AlignedFloats.Ensure(ref _panels, WinogradTiles.Products * ProductStride);
        ThreadTeam.Current.Run(this, Inputs);
    }

    /// <summary>Packs an input's kernels.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(int input)
    {
        const int Lanes = WinogradTiles.Lanes;
        var elementsMemory = stackalloc float[Size * Size * Lanes + AlignedFloats.Slack];
        var elements = AlignedFloats.Align(elementsMemory);
        var columnsMemory = stackalloc float[WinogradTiles.Reach * Size * Lanes + AlignedFloats.Slack];
        var columns = AlignedFloats.Align(columnsMemory);
        var (fromOutput, fromInput) = _isTurned ? ((nint)Size * Size, (nint)Outputs * Size * Size) : ((nint)Inputs * Size * Size, (nint)Size * Size);
        for (var output = 0; output < Outputs; output += Lanes)
        {
            var kernels = _kernels + input * fromInput + output * fromOutput;
            for (var lane = 0; lane < Lanes; lane++, kernels += fromOutput)
            {
                for (var i = 0; i < Size * Size; i++)
                    elements[i * Lanes + lane] = kernels[_isTurned ? Size * Size - 1 - i : i];
            }

            for (var x = 0; x < Size; x++)
            {
                WinogradTransforms.OfKernel(
                    Vector512.Load(elements + x * Lanes), Vector512.Load(elements + (Size + x) * Lanes), Vector512.Load(elements + (2 * Size + x) * Lanes),
                    columns + x * Lanes, Size * Lanes);
            }

            var (panel, column) = Math.DivRem(output, MatrixTile.Columns);
            var to = Panel(0, panel) + (nint)input * MatrixTile.Columns + column;
            var row = columns;
            for (var y = 0; y < WinogradTiles.Reach; y++, row += Size * Lanes, to += WinogradTiles.Reach * (nint)ProductStride)
                WinogradTransforms.OfKernel(Vector512.Load(row), Vector512.Load(row + Lanes), Vector512.Load(row + 2 * Lanes), to, ProductStride);
        }
    }
}
