using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Sparse rows to <c>x W^T + b</c> (rows, out) and back. Only weights of slots that are not 0 are read, and have a gradient.</summary>
internal sealed unsafe class SparseLinear : autograd.SingleTensorFunction<SparseLinear>
{
    private const string RowsName = "rows";
    private const string MatrixName = "matrix";
    private const int RowsOfPart = 8;
    private const int SlotsOfPart = 64;

    public override string Name => nameof(SparseLinear);

    /// <param name="rows">The rows.</param>
    /// <param name="tail">Further columns after their numbers (rows, n), such as embedded categories; null for none.</param>
    /// <param name="matrix">The weights, a slot for each number and each column of the tail.</param>
    /// <param name="bias">(out).</param>
    public static Tensor Of(SparseRows rows, Tensor? tail, SlotMatrix matrix, Tensor bias) =>
        is_grad_enabled() ? apply(matrix.Weight, bias, tail!, rows, matrix) : Compute(rows, tail, matrix, bias);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (bias, tail, rows, matrix) = ((Tensor)vars[1], (Tensor?)vars[2], (SparseRows)vars[3], (SlotMatrix)vars[4]);
        ctx.save_for_backward(tail is null ? [bias] : [bias, tail]);
        ctx.save_data(RowsName, rows);
        ctx.save_data(MatrixName, matrix);
        return Compute(rows, tail, matrix, bias);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (bias, tail) = (saved[0], saved.Count > 1 ? saved[1] : null);
        var (rows, matrix) = ((SparseRows)ctx.get_data(RowsName), (SlotMatrix)ctx.get_data(MatrixName));
        var gradient = grad_output.contiguous();
        var gradients = matrix.BeginBackward();
        var index = rows.BySlot;
        ThreadTeam.Current.Run(new Backward(index, gradients, FloatsOf(gradient), matrix.Width), (index.Count + SlotsOfPart - 1) / SlotsOfPart);
        Tensor? tailGradient = null;
        if (tail is not null)
        {
            AddTailGradient(rows, tail, gradient, gradients, matrix.Width);
            using var weights = TailOf(matrix, rows);
            tailGradient = tail.requires_grad ? gradient.mm(weights.t()) : null;
        }

        return [null!, bias.requires_grad ? DenseProduct.BiasGradient(gradient, bias)! : null!, tailGradient!, null!, null!];
    }

    private static Tensor Compute(SparseRows rows, Tensor? tail, SlotMatrix matrix, Tensor bias)
    {
        var output = FloatTensors.Empty(rows.Count, matrix.Width);
        var work = new Forward(rows, matrix.WeightAddress(), FloatsOf(bias), FloatsOf(output), matrix.Width);
        ThreadTeam.Current.Run(work, (rows.Count + RowsOfPart - 1) / RowsOfPart);
        if (tail is null)
            return output;
        using var weights = TailOf(matrix, rows);
        using var _ = no_grad();
        return output.Plus(tail.mm(weights));
    }

    // (n, out): those of the slots behind the numbers.
    private static Tensor TailOf(SlotMatrix matrix, SparseRows rows)
    {
        using var detached = matrix.Weight.detach();
        using var bySlot = detached.t();
        return bySlot.narrow(0, rows.Numbers, matrix.Slots - rows.Numbers);
    }

    private static void AddTailGradient(SparseRows rows, Tensor tail, Tensor gradient, SlotGradients gradients, int width)
    {
        using var sums = tail.t().mm(gradient);
        var all = MemoryMarshal.Cast<byte, float>(sums.bytes);
        for (var i = 0; i < tail.shape[1]; i++)
        {
            var own = new Span<float>(gradients.At(rows.Numbers + i), width);
            TensorPrimitives.Add(own, all.Slice(i * width, width), own);
        }
    }

    // libtorch's memory does not move.
    private static nint FloatsOf(Tensor tensor)
    {
        fixed (byte* start = tensor.bytes)
            return (nint)start;
    }

    private sealed class Forward(SparseRows rows, nint weights, nint bias, nint output, int width) : TeamWork
    {
        public override void Run(int part)
        {
            fixed (int* slots = rows.Slots)
            fixed (float* values = rows.Values)
            {
                for (var row = part * RowsOfPart; row < Math.Min(rows.Count, (part + 1) * RowsOfPart); row++)
                {
                    var start = rows.Starts[row];
                    SparseProduct.Sum(
                        slots + start, values + start, rows.Starts[row + 1] - start, (float*)weights, width, (float*)bias, (float*)output + (nint)row * width);
                }
            }
        }
    }

    private sealed class Backward(SlotIndex index, SlotGradients gradients, nint output, int width) : TeamWork
    {
        public override void Run(int part)
        {
            fixed (int* rows = index.Rows)
            fixed (float* values = index.Values)
            {
                for (var i = part * SlotsOfPart; i < Math.Min(index.Count, (part + 1) * SlotsOfPart); i++)
                {
                    var start = index.Starts[i];
                    var sum = gradients.At(index.Slots[i]);
                    SparseProduct.Sum(rows + start, values + start, index.Starts[i + 1] - start, (float*)output, width, sum, sum);
                }
            }
        }
    }
}
