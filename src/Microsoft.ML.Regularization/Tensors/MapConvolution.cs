using Microsoft.ML.Regularization.Arithmetic;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Convolutions with kernels of 3 x 3 and a rim of zeros, by <see cref="WinogradConvolution"/> where that is the faster: it takes a
/// quarter of the multiplications of a plain one.
/// </summary>
internal sealed unsafe class MapConvolution : autograd.SingleTensorFunction<MapConvolution>
{
    // With fewer tiles, or fewer for as many kernels, the time goes into the kernels' transforms. Without gradients the number of rows decides nothing, so that a row
    // has the same bits alone as among others.
    private const int LeastTiles = 48;
    private const int KernelsOfTile = 256;

    public override string Name => nameof(MapConvolution);

    /// <summary>Whether it is the faster for these maps and kernels.</summary>
    /// <param name="input">(batch, in, height, width).</param>
    /// <param name="weight">(out, in, size, size).</param>
    /// <param name="stride">Places from one result to the next.</param>
    public static bool Takes(Tensor input, Tensor weight, long stride = 1) =>
        FloatTensors.IsHere(input) && FloatTensors.IsHere(weight) && weight.size(3) == WinogradKernels.Size
        && WinogradKernels.Takes(weight.size(1), weight.size(0), weight.size(2), stride)
        && (!is_grad_enabled() || TilesOf(input) >= Math.Max(LeastTiles, weight.size(0) * weight.size(1) / KernelsOfTile));

    /// <param name="input">(batch, in, height, width).</param>
    /// <param name="weight">(out, in, 3, 3).</param>
    /// <param name="bias">(out); null for none.</param>
    public static Tensor Of(Tensor input, Tensor weight, Tensor? bias) => is_grad_enabled() ? apply(input, weight, bias!) : Convolve(input, weight, bias);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor?)vars[2]);
        ctx.save_for_backward([input, weight, bias!]);
        return Convolve(input, weight, bias);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, weight, bias) = (saved[0], saved[1], saved[2]);
        var gradients = ChannelsLast(grad_output);
        return
        [
            input.requires_grad ? InputGradient(gradients, input, weight) : null!,
            weight.requires_grad ? WeightGradient(gradients, input, weight) : null!,
            bias is { requires_grad: true } ? gradients.sum([0, 1, 2]) : null!,
        ];
    }

    private static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias)
    {
        var (maps, kernels) = (ChannelsLast(input), weight.contiguous());
        var output = FloatTensors.Empty(input.size(0), input.size(2), input.size(3), weight.size(0));
        WinogradConvolution.Compute(MapsOf(maps), FloatTensors.Pointer(kernels), isTurned: false, bias is null ? null : FloatTensors.Pointer(bias), MapsOf(output));
        GC.KeepAlive((maps, kernels, bias));
        return output.permute(0, 3, 1, 2);
    }

    private static Tensor InputGradient(Tensor gradients, Tensor input, Tensor weight)
    {
        var kernels = weight.contiguous();
        var result = FloatTensors.Empty(input.size(0), input.size(2), input.size(3), input.size(1));
        WinogradConvolution.Compute(MapsOf(gradients), FloatTensors.Pointer(kernels), isTurned: true, bias: null, MapsOf(result));
        GC.KeepAlive(kernels);
        return result.permute(0, 3, 1, 2);
    }

    private static Tensor WeightGradient(Tensor gradients, Tensor input, Tensor weight)
    {
        var (maps, result) = (ChannelsLast(input), FloatTensors.Empty(weight.shape));
        WinogradGradient.Compute(MapsOf(maps), MapsOf(gradients), FloatTensors.Pointer(result), adds: false);
        GC.KeepAlive((maps, gradients));
        return result;
    }

    private static int TilesOf(Tensor input) => new WinogradTiles((int)input.size(0), (int)input.size(2), (int)input.size(3)).Count;

    private static Tensor ChannelsLast(Tensor maps) => maps.permute(0, 2, 3, 1).contiguous();

    private static ImageMaps MapsOf(Tensor maps) =>
        new((nint)FloatTensors.Pointer(maps), (int)maps.size(0), (int)maps.size(1), (int)maps.size(2), (int)maps.size(3));
}
