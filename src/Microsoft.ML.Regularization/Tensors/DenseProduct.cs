using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Rows (batch, ..., in) to <c>x W^T + b</c> (batch, ..., out) and back, and ReLU and dropout behind it, by <see cref="MatrixProduct"/> where that is
/// the faster: on processors with registers for the wide tile, of which libtorch's products use half on some.
/// </summary>
internal sealed unsafe class DenseProduct : autograd.SingleTensorFunction<DenseProduct>
{
    public override string Name => nameof(DenseProduct);

    /// <summary>Whether it is the faster for these rows and weights.</summary>
    public static bool Takes(Tensor input, Tensor weight) => MatrixTile.IsWide && FloatTensors.IsHere(input) && FloatTensors.IsHere(weight);

    /// <param name="input">(batch, ..., in).</param>
    /// <param name="weight">(out, in).</param>
    /// <param name="bias">(out); null for none.</param>
    public static Tensor Of(Tensor input, Tensor weight, Tensor? bias = null) =>
        Takes(input, weight) ? Of(input, weight, bias, isRectified: false, factors: null) : nn.functional.linear(input, weight, bias);

    /// <summary><c>max(0, x W^T + b) * factors</c>, of rows that it takes.</summary>
    /// <param name="input">(batch, ..., in).</param>
    /// <param name="weight">(out, in).</param>
    /// <param name="bias">(out).</param>
    /// <param name="factors">The noise of the units, of the shape of the outputs; null for none.</param>
    public static Tensor Rectified(Tensor input, Tensor weight, Tensor bias, Tensor? factors) => Of(input, weight, bias, isRectified: true, factors);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor?)vars[2]);
        var (isRectified, factors) = ((bool)vars[3], (Tensor?)vars[4]);
        var output = Multiply(input, weight, bias, isRectified, factors);
        ctx.save_for_backward(isRectified ? [input, weight, bias!, output, factors!] : [input, weight, bias!]);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, weight, bias) = (saved[0], saved[1], saved[2]);
        var gradient = RowsOf(grad_output = grad_output.contiguous());
        if (saved.Count > 3)
        {
            var before = FloatTensors.Empty(grad_output.shape);
            RectificationOf(saved[4]).Reverse(gradient, RowsOf(saved[3]), RowsOf(before));
            gradient = RowsOf(grad_output = before);
        }

        return
        [
            input.requires_grad ? InputGradient(gradient, input, weight) : null!,
            weight.requires_grad ? WeightGradient(gradient, input, weight)! : null!,
            bias is { requires_grad: true } ? BiasGradient(grad_output, bias)! : null!,
            null!,
            null!,
        ];
    }

    private static Tensor Of(Tensor input, Tensor weight, Tensor? bias, bool isRectified, Tensor? factors) =>
        is_grad_enabled() ? apply(input, weight, bias!, isRectified, factors!) : Multiply(input, weight, bias, isRectified, factors);

    private static Tensor Multiply(Tensor input, Tensor weight, Tensor? bias, bool isRectified, Tensor? factors)
    {
        var shape = input.shape;
        shape[^1] = weight.shape[0];
        var (rows, matrix, output) = (input.contiguous(), weight.contiguous(), FloatTensors.Empty(shape));
        var result = RowsOf(output);
        MatrixProduct.Compute(
            RowsOf(rows),
            RowsOf(matrix).Transposed,
            bias is null ? Matrix.Zeros(result.Rows, result.Columns) : Matrix.Repeat(FloatTensors.Pointer(bias), result.Rows, result.Columns),
            result,
            isRectified ? RectificationOf(factors) : null);
        GC.KeepAlive(rows);
        GC.KeepAlive(matrix);
        GC.KeepAlive(bias);
        GC.KeepAlive(factors);
        return output;
    }

    private static Tensor InputGradient(Matrix gradient, Tensor input, Tensor weight)
    {
        var matrix = weight.contiguous();
        var result = FloatTensors.Empty(input.shape);
        var rows = RowsOf(result);
        MatrixProduct.Compute(gradient, RowsOf(matrix), Matrix.Zeros(rows.Rows, rows.Columns), rows);
        GC.KeepAlive(matrix);
        return result;
    }

    private static Tensor? WeightGradient(Matrix gradient, Tensor input, Tensor weight)
    {
        var rows = input.contiguous();
        var accumulated = Accumulated(weight);
        var sum = accumulated ?? FloatTensors.Empty(weight.shape);
        var result = RowsOf(sum);
        MatrixProduct.Compute(gradient.Transposed, RowsOf(rows), accumulated is null ? Matrix.Zeros(result.Rows, result.Columns) : result, result);
        GC.KeepAlive(rows);
        return accumulated is null ? sum : null;
    }

    /// <summary>The sum over rows; null where it was added to the gradient that is there.</summary>
    internal static Tensor? BiasGradient(Tensor gradient, Tensor bias)
    {
        var accumulated = Accumulated(bias);
        var sums = accumulated ?? FloatTensors.Zeros(bias.shape);
        var total = FloatsOf(sums);
        for (var rows = FloatsOf(gradient); rows.Length > 0; rows = rows[total.Length..])
            TensorPrimitives.Add(total, rows[..total.Length], total);
        return accumulated is null ? sums : null;
    }

    // Where a gradient is added to what is there, adding to it here saves memory that is written and read again.
    private static Tensor? Accumulated(Tensor parameter) => parameter.is_leaf && parameter.grad is { } sum && sum.is_contiguous() ? sum : null;

    private static Rectification RectificationOf(Tensor? factors) => new(factors is null ? null : RowsOf(factors));

    private static Matrix RowsOf(Tensor tensor)
    {
        var columns = (int)tensor.shape[^1];
        return new Matrix(FloatTensors.Pointer(tensor), (int)(tensor.numel() / columns), columns);
    }

    private static Span<float> FloatsOf(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
