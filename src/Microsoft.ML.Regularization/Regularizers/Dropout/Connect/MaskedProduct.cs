using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Masks (rows, out, in) of consecutive rows of a batch: the same whenever they are asked for within a step.</summary>
internal interface IExampleMasks
{
    /// <summary>The tensor may be written to; it is good until the next call.</summary>
    Tensor Draw(long first, long rows);
}

/// <summary>
/// <c>y_r = (M_r * W) x_r</c> with a mask for each row, all of its tokens where a row has some. Masks are as large as rows times weights, so they are
/// made for a few rows at a time, and backward makes them again instead of keeping them.
/// </summary>
internal sealed class MaskedProduct : autograd.SingleTensorFunction<MaskedProduct>
{
    // 16 MB of masks at a time.
    private const long MostElements = 1 << 22;
    private const string MasksName = "masks";

    public override string Name => nameof(MaskedProduct);

    /// <param name="input">(rows, in), or (rows, tokens, in).</param>
    /// <param name="weight">(out, in).</param>
    /// <param name="masks">Their masks.</param>
    public static Tensor Of(Tensor input, Tensor weight, IExampleMasks masks) =>
        input.dim() == 3 ? apply(input, weight, masks) : apply(input.unsqueeze(1), weight, masks).squeeze(1);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, masks) = ((Tensor)vars[0], (Tensor)vars[1], (IExampleMasks)vars[2]);
        ctx.save_for_backward([input, weight]);
        ctx.save_data(MasksName, masks);

        var output = empty(input.shape[0], input.shape[1], weight.shape[0], dtype: weight.dtype, device: weight.device);
        foreach (var (first, rows) in Chunks(input, weight))
        {
            using var scope = NewDisposeScope();
            var masked = masks.Draw(first, rows).to(weight.dtype).mul_(weight);
            output.narrow(0, first, rows).copy_(input.narrow(0, first, rows).bmm(masked.transpose(1, 2)));
        }

        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var _ = no_grad();
        var saved = ctx.get_saved_variables();
        var (input, weight, masks) = (saved[0], saved[1], (IExampleMasks)ctx.get_data(MasksName));
        var (inputGradient, weightGradient) = (empty_like(input), zeros_like(weight));
        foreach (var (first, rows) in Chunks(input, weight))
        {
            using var scope = NewDisposeScope();
            var mask = masks.Draw(first, rows).to(weight.dtype);
            var (x, g) = (input.narrow(0, first, rows), grad_output.narrow(0, first, rows));
            weightGradient.Add(g.transpose(1, 2).bmm(x).mul_(mask).sum(dim: 0));
            inputGradient.narrow(0, first, rows).copy_(g.bmm(mask.mul_(weight)));
        }

        return [inputGradient, weightGradient, null!];
    }

    private static IEnumerable<(long First, long Rows)> Chunks(Tensor input, Tensor weight)
    {
        var all = input.shape[0];
        var most = Math.Max(1, MostElements / weight.numel());
        for (var first = 0L; first < all; first += most)
            yield return (first, Math.Min(most, all - first));
    }
}
