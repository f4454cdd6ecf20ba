using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Rows (batch, width) times factors (members, width) to (batch, members, width), and back in one pass over the gradient, where libtorch would write two tensors
/// of its size and sum them up.
/// </summary>
internal sealed unsafe class MemberFactors : autograd.SingleTensorFunction<MemberFactors>
{
    // Columns that one thread takes at a time: whole cache lines, few enough for several threads.
    private const int ColumnsOfPart = 64;
    private const int RowsOfPart = 16;

    public override string Name => nameof(MemberFactors);

    public static Tensor Of(Tensor input, Tensor factors) =>
        !IsHere(input) || !IsHere(factors) ? input.unsqueeze(1) * factors
        : is_grad_enabled() ? apply(input, factors)
        : Multiply(input, factors);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, factors) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([input, factors]);
        return Multiply(input, factors);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (input, factors, given) = (saved[0].contiguous(), saved[1].contiguous(), grad_output.contiguous());
        var (rows, width, members) = ((int)input.shape[0], (int)input.shape[1], (int)factors.shape[0]);
        var (ofInput, ofFactors) = (FloatTensors.Empty(rows, width), FloatTensors.Zeros(members, width));
        var (x, f, g, dx, df) = (Start(input), Start(factors), Start(given), Start(ofInput), Start(ofFactors));
        RangeWork.Run(width, ColumnsOfPart, (first, columns) =>
        {
            for (var row = 0; row < rows; row++)
            {
                var sum = Span(dx, (nint)row * width + first, columns);
                sum.Clear();
                var values = Span(x, (nint)row * width + first, columns);
                for (var member = 0; member < members; member++)
                {
                    var gradient = Span(g, ((nint)row * members + member) * width + first, columns);
                    Accumulate(gradient, values, Span(f, (nint)member * width + first, columns), sum, Span(df, (nint)member * width + first, columns));
                }
            }
        });
        GC.KeepAlive(input);
        GC.KeepAlive(factors);
        GC.KeepAlive(given);
        return [saved[0].requires_grad ? ofInput : null!, saved[1].requires_grad ? ofFactors : null!];
    }

    // sum += gradient * factors and factorSums += gradient * values.
    private static void Accumulate(Span<float> gradient, Span<float> values, Span<float> factors, Span<float> sum, Span<float> factorSums)
    {
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var x = MemoryMarshal.Cast<float, Vector<float>>(values);
        var f = MemoryMarshal.Cast<float, Vector<float>>(factors);
        var s = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var t = MemoryMarshal.Cast<float, Vector<float>>(factorSums);
        for (var i = 0; i < g.Length; i++)
        {
            s[i] += g[i] * f[i];
            t[i] += g[i] * x[i];
        }

        for (var i = g.Length * Vector<float>.Count; i < gradient.Length; i++)
        {
            sum[i] += gradient[i] * factors[i];
            factorSums[i] += gradient[i] * values[i];
        }
    }

    private static Tensor Multiply(Tensor input, Tensor factors)
    {
        var (source, own) = (input.contiguous(), factors.contiguous());
        var (rows, width, members) = ((int)source.shape[0], (int)source.shape[1], (int)own.shape[0]);
        var output = FloatTensors.Empty(rows, members, width);
        var (x, f, y) = (Start(source), Start(own), Start(output));
        RangeWork.Run(rows, RowsOfPart, (first, count) =>
        {
            for (var row = first; row < first + count; row++)
            {
                var values = Span(x, (nint)row * width, width);
                for (var member = 0; member < members; member++)
                {
                    System.Numerics.Tensors.TensorPrimitives.Multiply(
                        values, Span(f, (nint)member * width, width), Span(y, ((nint)row * members + member) * width, width));
                }
            }
        });
        GC.KeepAlive(source);
        GC.KeepAlive(own);
        return output;
    }

    private static bool IsHere(Tensor tensor) => tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32;

    // libtorch's memory does not move; spans cannot go to other threads.
    private static nint Start(Tensor tensor)
    {
        fixed (float* start = MemoryMarshal.Cast<byte, float>(tensor.bytes))
            return (nint)start;
    }

    private static Span<float> Span(nint start, nint place, int length) => new((float*)start + place, length);
}
