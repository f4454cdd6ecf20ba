using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>The gradients of a tile's 36 factors, (inputs, outputs) each, and back from them to those of the kernels.</summary>
internal sealed unsafe class WinogradKernelGradient : TeamWork
{
    private const int Size = 3;

    private AlignedFloats? _factors;
    private float* _kernels;
    private bool _adds;
    private int _inputs;
    private int _outputs;

    private nint ProductStride => WinogradTiles.Stride(_inputs * _outputs);

    /// <summary>Makes room for those of a convolution.</summary>
    public void Reset(int inputs, int outputs)
    {
        (_inputs, _outputs) = (inputs, outputs);
        AlignedFloats.Ensure(ref _factors, checked(WinogradTiles.Products * (int)ProductStride));
    }

    /// <summary>(inputs, outputs) of a product's.</summary>
    public Matrix Of(int product) => new(_factors!.Pointer + product * ProductStride, _inputs, _outputs);

    /// <param name="kernels">(outputs, inputs, 3, 3).</param>
    /// <param name="adds">Whether they are added to what is there.</param>
    public void Unpack(float* kernels, bool adds)
    {
        _kernels = kernels;
        _adds = adds;
        ThreadTeam.Current.Run(this, _inputs);
    }

    /// <summary>Unpacks an input's kernels.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(int input)
    {
        const int Lanes = WinogradTiles.Lanes;
        var columnsMemory = stackalloc float[Size * WinogradTiles.Reach * Lanes + AlignedFloats.Slack];
        var columns = AlignedFloats.Align(columnsMemory);
        var elementsMemory = stackalloc float[Size * Size * Lanes + AlignedFloats.Slack];
        var elements = AlignedFloats.Align(elementsMemory);
        for (var output = 0; output < _outputs; output += Lanes)
        {
            var from = Of(0).At(input, output);
            var down = WinogradTiles.Reach * ProductStride;
            for (var x = 0; x < WinogradTiles.Reach; x++, from += ProductStride)
            {
                WinogradTransforms.OfFactors(
                    Vector512.Load(from), Vector512.Load(from + down), Vector512.Load(from + 2 * down), Vector512.Load(from + 3 * down),
                    Vector512.Load(from + 4 * down), Vector512.Load(from + 5 * down), columns + x * Lanes, WinogradTiles.Reach * Lanes);
            }

            for (var y = 0; y < Size; y++)
            {
                var row = columns + y * WinogradTiles.Reach * Lanes;
                WinogradTransforms.OfFactors(
                    Vector512.Load(row), Vector512.Load(row + Lanes), Vector512.Load(row + 2 * Lanes), Vector512.Load(row + 3 * Lanes),
                    Vector512.Load(row + 4 * Lanes), Vector512.Load(row + 5 * Lanes), elements + y * Size * Lanes, Lanes);
            }

            for (var lane = 0; lane < Lanes; lane++)
            {
                var kernel = _kernels + ((nint)(output + lane) * _inputs + input) * Size * Size;
                for (var i = 0; i < Size * Size; i++)
                    kernel[i] = elements[i * Lanes + lane] + (_adds ? kernel[i] : 0);
            }
        }
    }
}
