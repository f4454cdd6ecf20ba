using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Keys (batch) to the weights of their slots (batch, width), and the gradient of these slots alone.</summary>
internal sealed unsafe class SlotLookup : autograd.SingleTensorFunction<SlotLookup>
{
    private const string SlotsName = "slots";
    private const string MatrixName = "matrix";

    public override string Name => nameof(SlotLookup);

    public static Tensor Of(Tensor keys, SlotMatrix matrix)
    {
        using var contiguous = keys.contiguous();
        var slots = Array.ConvertAll(MemoryMarshal.Cast<byte, long>(contiguous.bytes).ToArray(), key => (int)key);
        matrix.Touch(slots);
        return apply(matrix.Weight, slots, matrix);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (slots, matrix) = ((int[])vars[1], (SlotMatrix)vars[2]);
        ctx.save_data(SlotsName, slots);
        ctx.save_data(MatrixName, matrix);
        var vectors = FloatTensors.Empty(slots.Length, matrix.Width);
        var source = matrix.Weights;
        var result = MemoryMarshal.Cast<byte, float>(vectors.bytes);
        for (var i = 0; i < slots.Length; i++)
            source.Slice(slots[i] * matrix.Width, matrix.Width).CopyTo(result[(i * matrix.Width)..]);
        return vectors;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var (slots, matrix) = ((int[])ctx.get_data(SlotsName), (SlotMatrix)ctx.get_data(MatrixName));
        using var contiguous = grad_output.contiguous();
        var given = MemoryMarshal.Cast<byte, float>(contiguous.bytes);
        var gradients = matrix.BeginBackward();
        for (var i = 0; i < slots.Length; i++)
        {
            var sum = new Span<float>(gradients.At(slots[i]), matrix.Width);
            TensorPrimitives.Add(sum, given.Slice(i * matrix.Width, matrix.Width), sum);
        }

        return [null!, null!, null!];
    }
}
